package wagi.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads which requests a module answers. */
final class RouteReader {
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

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
      fields.error("route", Quote.of(route) + " never matches: " + never);
      return "";
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
    String decoded = PercentEncoding.decode(route);
    if (decoded == null) {
      return "its percent-encoding is broken or not UTF-8";
    }
    if (Quote.hasControl(decoded)) {
      return "requests with a control character are refused";
    }
    String closed = decoded + "/";
    boolean dots = closed.contains("/./") || closed.contains("/../");
    return dots ? "requests with . or .. segments are refused" : null;
  }

  static List<String> hosts(Fields fields) {
    List<String> hosts = new ArrayList<>();
    for (Node.Text text : fields.texts("host")) {
      String host = text.value().toLowerCase(Locale.ROOT);
      if (!isHost(host)) {
        fields.expected("host", "a host name without scheme and port, or \"*.\" and one", text);
      } else if (!hosts.contains(host)) {
        hosts.add(host);
      }
    }
    refuseEmpty(fields, "host");
    return List.copyOf(hosts);
  }

  private static boolean isHost(String host) {
    if (host.startsWith("[")) {
      return ListenAddress.parse(host + ":0") != null;
    }
    boolean below = host.startsWith("*.");
    return ListenAddress.isHost(below ? host.substring(2) : host)
        || (host.indexOf(':') >= 0 && ListenAddress.literal(host) != null);
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
