package wagi.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wagi.Fuzz;
import wagi.Mutated;
import wagi.route.RouteModel.Asked;

@Timeout(value = 2, unit = TimeUnit.HOURS)
final class RouteFuzzTest {
  private static final int REQUESTS = 20;
  private static final List<String> SEGMENTS =
      List.of(
          "a",
          "b",
          "a",
          "b",
          "",
          "ab",
          "%61",
          "A",
          "a%2Fb",
          "a%2fb",
          "\u00e9",
          "%C3%A9",
          "%c3%a9",
          "+",
          "%2B",
          "...",
          "%2e%2e%2e",
          "a;x=y",
          "%25",
          "%2561",
          "\ud83d\ude00",
          "%F0%9F%98%80");
  private static final List<String> HOSTS =
      List.of("a.com", "b.com", "*.a.com", "x.a.com", "A.com", "*.x.a.com", "[::1]", "127.0.0.1");
  private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "get");

  @Test
  void routeThatWinsIsTheOneThatThePlainRulesName() {
    Fuzz.tries(800, RouteFuzzTest::compare);
  }

  private static void compare(SplittableRandom random) {
    List<RouteGroup<String>> groups = groups(random);
    RouteTable<String> table = new RouteTable<>(groups);
    List<String> unreachable = table.unreachable().stream().map(u -> u.route().target()).toList();
    for (int i = 0; i < REQUESTS; i++) {
      String host = random.nextInt(4) == 0 ? null : host(random);
      Asked asked = new Asked(any(METHODS, random), host, path(random));
      String found = found(table.match(asked.method(), host, asked.path()));
      Supplier<String> words = () -> asked + " of " + groups;
      assertEquals(RouteModel.answer(groups, asked), found, words);
      assertFalse(unreachable.contains(found.split(" ", 2)[0]), words);
    }
  }

  private static String found(RouteMatch<String> match) {
    return switch (match) {
      case RouteMatch.NotFound<String>() -> "not found";
      case RouteMatch.MethodNotAllowed<String>(List<String> allow) ->
          "allow " + new TreeSet<>(allow);
      case RouteMatch.Matched<String> m ->
          m.route().target() + " " + m.scriptName() + " " + m.pathInfo() + " " + m.rawPathInfo();
    };
  }

  private static List<RouteGroup<String>> groups(SplittableRandom random) {
    List<RouteGroup<String>> groups = new ArrayList<>();
    for (int g = 1 + random.nextInt(3); g > 0; g--) {
      List<Route<String>> routes = new ArrayList<>();
      for (int r = random.nextInt(6); r > 0; r--) {
        String text = path(random) + (random.nextBoolean() ? "/..." : "");
        String target = "g" + g + "r" + r;
        routes.add(
            new Route<>(
                RoutePattern.parse(text), some(HOSTS, random), some(METHODS, random), target));
      }
      groups.add(
          new RouteGroup<>("" + random.nextInt(2), "file" + random.nextInt(100) + g, routes));
    }
    return groups;
  }

  private static String path(SplittableRandom random) {
    StringBuilder path = new StringBuilder();
    for (int depth = 1 + random.nextInt(3); depth > 0; depth--) {
      path.append('/').append(any(SEGMENTS, random));
    }
    return path.toString();
  }

  private static @Nullable String host(SplittableRandom random) {
    String host = any(HOSTS, random).replace("*", "any");
    return host
        + List.of("", "", ":80", ".", ".:1").get(random.nextInt(host.startsWith("[") ? 3 : 5));
  }

  private static List<String> some(List<String> of, SplittableRandom random) {
    List<String> some = new ArrayList<>();
    for (int i = random.nextInt(2) * random.nextInt(3); i > 0; i--) {
      some.add(any(of, random));
    }
    return some;
  }

  private static String any(List<String> of, SplittableRandom random) {
    return of.get(random.nextInt(of.size()));
  }

  @Test
  void anyTextIsAPatternOrHasAProblem() {
    List<String> words =
        List.of(
            "/", "/...", "%", "%2", "%zz", "%00", "%0a", "%7f", "..", ".", "?", "#", "\0",
            "\u00ff");
    Mutated texts = Mutated.texts(List.of("/a/b/...", "/", "/%C3%A9/...", "/a%2Fb"), words);
    Fuzz.bytes(2000, texts, (input, random) -> checkPattern(new String(input, UTF_8)));
  }

  private static void checkPattern(String text) {
    String problem = RoutePattern.problemOf(text);
    if (problem != null) {
      assertThrows(IllegalArgumentException.class, () -> RoutePattern.parse(text));
      return;
    }
    RoutePattern pattern = RoutePattern.parse(text);
    assertTrue(pattern.scriptName().chars().noneMatch(c -> c < ' ' || c == 0x7f), text);
    assertEquals(RoutePattern.parse(text), pattern);
    assertNull(RoutePattern.problemOf(pattern.text()));
  }

  @Test
  void anyPrintedRoutesAreRoutesBelowTheModulesOwnOrAreRefused() {
    List<String> words =
        List.of("\n", "\r\n", " ", "\t", "/...", "..", "%2e", "//", "\0", "\u00ff", "a b\n");
    Mutated printed = Mutated.texts(List.of("/a one\n/b/... two\n", "a b", "\n"), words);
    Fuzz.bytes(2000, printed, (input, random) -> checkPrinted(input));
  }

  private static void checkPrinted(byte[] printed) {
    RoutePattern own = RoutePattern.parse("/own/...");
    switch (DynamicRoutes.parse(printed, own)) {
      case DynamicRoutes.Refused(List<DynamicRoutes.Problem> problems) ->
          assertFalse(problems.isEmpty(), "refused without a problem");
      case DynamicRoutes.Printed(List<DynamicRoutes.DynamicRoute> routes) -> {
        assertTrue(!routes.isEmpty() && routes.size() <= 1000, "routes " + routes.size());
        routes.forEach(r -> assertTrue(own.covers(r.pattern()), r.pattern()::text));
      }
    }
  }
}
