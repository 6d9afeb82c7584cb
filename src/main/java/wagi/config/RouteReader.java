package wagi.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads which requests a module answers. */
final class RouteReader {
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern DOT_SEGMENT =
      Pattern.compile(".*/(\\.|%2[eE]){1,2}(/.*)?", Pattern.DOTALL);
  private static final Pattern BAD_ESCAPE =
      Pattern.compile(".*%(?![0-9A-Fa-f]{2}).*", Pattern.DOTALL);

  private RouteReader() {}

  /** Empty when there is none; that is reported. */
  static String route(Fields fields) {
    String route = fields.plainText("route");
    if (route == null) {
      if (!fields.has("route")) {
        fields.missing("route", "write the path it answers, such as \"/hello\" or \"/hello/...\"");
      }
      return "";
    }
    if (!route.startsWith("/")) {
      fields.error(
          "route",
          "expected a path that begins with /, found "
              + Quote.of(route)
              + ": write "
              + Quote.of("/" + route));
      return "";
    }
    String never = whyNeverMatched(route);
    if (never != null) {
      fields.warn("route", Quote.of(route) + " never matches: " + never);
    }
    return route;
  }

  private static @Nullable String whyNeverMatched(String route) {
    if (route.indexOf('?') >= 0 || route.indexOf('#') >= 0) {
      return "a route is a path, without query";
    }
    if (route.indexOf('\\') >= 0) {
      return "requests with a backslash are refused";
    }
    if (DOT_SEGMENT.matcher(route).matches()) {
      return "requests with . or .. segments are refused";
    }
    return BAD_ESCAPE.matcher(route).matches()
        ? "it holds a % without two hexadecimal digits"
        : null;
  }

  static List<String> hosts(Fields fields) {
    List<String> hosts = new ArrayList<>();
    for (Node.Text text : fields.texts("host")) {
      String host = text.value().toLowerCase(Locale.ROOT);
      boolean bracketed = host.startsWith("[") && ListenAddress.parse(host + ":0") != null;
      if (!bracketed && !ListenAddress.isHost(host)) {
        fields.expected("host", "a host name without scheme and port", text);
      } else if (!hosts.contains(host)) {
        hosts.add(host);
      }
    }
    refuseEmpty(fields, "host");
    return List.copyOf(hosts);
  }

  static List<String> methods(Fields fields) {
    List<String> methods = new ArrayList<>();
    for (Node.Text text : fields.texts("methods")) {
      String method = text.value();
      if (!TOKEN.matcher(method).matches()) {
        fields.expected("methods", "a method such as \"GET\"", text);
        continue;
      }
      if (!method.equals(method.toUpperCase(Locale.ROOT))) {
        fields.warnAt(
            text.at(),
            "methods: methods are case-sensitive; "
                + text.found()
                + " is not "
                + Quote.of(method.toUpperCase(Locale.ROOT)));
      }
      if (!methods.contains(method)) {
        methods.add(method);
      }
    }
    refuseEmpty(fields, "methods");
    return List.copyOf(methods);
  }

  private static void refuseEmpty(Fields fields, String key) {
    if (fields.node(key) instanceof Node.Array array && array.items().isEmpty()) {
      fields.error(key, "must not be empty; leave the key out for any");
    }
  }
}
