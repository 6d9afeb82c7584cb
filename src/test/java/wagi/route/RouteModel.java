package wagi.route;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Says which route a request belongs to, as plainly as it can be said. */
final class RouteModel {
  private RouteModel() {}

  /** What a request is and what a route may ask of it. */
  record Asked(String method, @Nullable String host, String path) {}

  static String answer(List<RouteGroup<String>> groups, Asked asked) {
    List<RouteGroup<String>> sorted = new ArrayList<>(groups);
    sorted.sort(
        Comparator.comparing((RouteGroup<String> g) -> g.order()).thenComparing(g -> g.file()));
    List<Route<String>> firsts = new ArrayList<>();
    Set<String> allow = new TreeSet<>();
    for (RouteGroup<String> group : sorted) {
      List<Route<String>> here =
          group.routes().stream()
              .filter(r -> pathFits(r, asked.path()) && hostFits(r, asked.host()))
              .toList();
      here.forEach(route -> allow.addAll(route.methods()));
      here.stream().filter(r -> methodFits(r, asked.method())).findFirst().ifPresent(firsts::add);
    }
    if (!firsts.isEmpty()) {
      Route<String> best = firsts.getFirst();
      for (Route<String> other : firsts) {
        best = says(other) > says(best) ? other : best;
      }
      return matched(best, asked.path());
    }
    if (allow.contains("GET")) {
      allow.add("HEAD");
    }
    return allow.isEmpty() ? "not found" : "allow " + allow;
  }

  private static String matched(Route<String> route, String path) {
    List<String> base = segments(base(route));
    List<String> all = List.of(path.split("/", -1));
    List<String> rest = all.subList(base.size(), all.size());
    String raw = rest.isEmpty() ? "" : "/" + String.join("/", rest);
    return route.target()
        + " "
        + String.join("/", base)
        + " "
        + String.join("/", segments(raw))
        + " "
        + raw;
  }

  /** An exact route says more than any prefix, and a longer one more than a shorter one. */
  private static int says(Route<String> route) {
    return segments(base(route)).size() + (isPrefix(route) ? 0 : 1_000_000);
  }

  private static boolean pathFits(Route<String> route, String path) {
    List<String> wanted = segments(base(route));
    List<String> found = segments(path);
    return isPrefix(route)
        ? found.size() >= wanted.size() && found.subList(0, wanted.size()).equals(wanted)
        : found.equals(wanted);
  }

  private static boolean hostFits(Route<String> route, @Nullable String header) {
    if (route.hosts().isEmpty()) {
      return true;
    }
    if (header == null) {
      return false;
    }
    String port = header.replaceFirst(":[0-9]*$", "").replaceFirst("\\.$", "");
    String host = port.toLowerCase(Locale.ROOT);
    return route.hosts().stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .anyMatch(
            name ->
                name.startsWith("*.")
                    ? host.endsWith(name.substring(1)) && host.length() > name.length() - 1
                    : host.equals(name));
  }

  private static boolean methodFits(Route<String> route, String method) {
    return route.methods().isEmpty()
        || route.methods().contains(method)
        || (method.equals("HEAD") && route.methods().contains("GET"));
  }

  private static boolean isPrefix(Route<String> route) {
    return route.pattern().text().endsWith("/...");
  }

  private static String base(Route<String> route) {
    return route.pattern().text().replaceFirst("/\\.\\.\\.$", "");
  }

  /** Only a slash that stands there as one separates. */
  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      segments.add(decoded(segment));
    }
    return segments;
  }

  private static String decoded(String segment) {
    StringBuilder octets = new StringBuilder();
    byte[] bytes = segment.getBytes(UTF_8);
    String text = new String(bytes, ISO_8859_1);
    for (int i = 0; i < text.length(); i++) {
      String hex = i + 3 <= text.length() ? text.substring(i + 1, i + 3) : "";
      if (text.charAt(i) == '%' && hex.matches("[0-9A-Fa-f]{2}") && !hex.equals("00")) {
        octets.append((char) Integer.parseInt(hex, 16));
        i += 2;
      } else {
        octets.append(text.charAt(i));
      }
    }
    return new String(octets.toString().getBytes(ISO_8859_1), UTF_8);
  }
}
