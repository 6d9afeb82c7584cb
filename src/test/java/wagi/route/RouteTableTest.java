package wagi.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each case has routes, an empty line, requests; and what became of them, in their order.
 *
 * <pre>
 * file b.toml order=1                        (optional; begins another file)
 * /a/... = target hosts=x.com methods=GET    (a route)
 *   _routes /b target                        (printed by the module of the next route)
 *
 * GET x.com /a/b                             (a request; "-" for no Host)
 * EXACT x.com /a/b                           (asks whether an exact route would take it)
 * UNREACHABLE                                (lists unreachable routes)
 * </pre>
 */
final class RouteTableTest {
  @TestFactory
  Stream<DynamicTest> requestFindsItsRoute() {
    return GoldenCase.in("route/table", RouteTableTest::check);
  }

  private static void check(GoldenCase golden) {
    List<String> sections = List.of(golden.input().split("\n\n", 2));
    RouteTable<String> table = new RouteTable<>(groups(sections.getFirst()));
    String answers =
        sections.getLast().lines().map(line -> answer(table, line)).collect(Collectors.joining());
    assertEquals(golden.expected(), answers);
  }

  private static List<RouteGroup<String>> groups(String text) {
    List<RouteGroup<String>> groups = new ArrayList<>();
    List<Route<String>> routes = new ArrayList<>();
    StringBuilder printed = new StringBuilder();
    String file = "file modules.toml";
    for (String line : text.lines().toList()) {
      if (line.startsWith("file ")) {
        groups.add(group(file, routes));
        routes.clear();
        file = line;
      } else if (line.startsWith("  _routes ")) {
        printed.append(line.substring(10)).append('\n');
      } else {
        addRoute(line, printed.toString(), routes);
        printed.setLength(0);
      }
    }
    groups.add(group(file, routes));
    return groups;
  }

  private static void addRoute(String line, String printed, List<Route<String>> routes) {
    List<String> words = List.of(line.split(" "));
    RoutePattern pattern = RoutePattern.parse(words.getFirst());
    if (!printed.isEmpty()
        && DynamicRoutes.parse(printed.getBytes(UTF_8), pattern)
            instanceof DynamicRoutes.Printed dynamic) {
      dynamic
          .routes()
          .forEach(r -> routes.add(new Route<>(r.pattern(), List.of(), List.of(), r.function())));
    }
    routes.add(
        new Route<>(pattern, option(words, "hosts="), option(words, "methods="), words.get(2)));
  }

  private static RouteGroup<String> group(String line, List<Route<String>> routes) {
    List<String> words = List.of(line.split(" "));
    return new RouteGroup<>(String.join("", option(words, "order=")), words.get(1), routes);
  }

  private static List<String> option(List<String> words, String name) {
    return words.stream()
        .filter(word -> word.startsWith(name))
        .flatMap(word -> Stream.of(word.substring(name.length()).split(",")))
        .toList();
  }

  private static String answer(RouteTable<String> table, String line) {
    if (line.equals("UNREACHABLE")) {
      return table.unreachable().stream()
          .map(u -> u.route().target() + " behind " + u.behind().target() + "\n")
          .collect(Collectors.joining());
    }
    List<String> words = List.of(line.split(" ", 3));
    String host = words.get(1).equals("-") ? null : words.get(1);
    if (words.getFirst().equals("EXACT")) {
      return table.hasExact(host, words.get(2)) + "\n";
    }
    return switch (table.match(words.getFirst(), host, words.get(2))) {
      case RouteMatch.NotFound<String>() -> "not found\n";
      case RouteMatch.MethodNotAllowed<String>(List<String> allow) ->
          "allow " + String.join(", ", allow) + "\n";
      case RouteMatch.Matched<String>(
              Route<String> route,
              String script,
              String info,
              String raw) ->
          String.format(
              "%s MATCHED=%s SCRIPT_NAME=%s PATH_INFO=%s RAW=%s%n",
              route.target(), route.pattern(), script, info, raw);
    };
  }
}
