package wagi.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class DynamicRoutesTest {
  /** Each case has the module's own route, then what it printed; and the routes or problems. */
  @TestFactory
  Stream<DynamicTest> printedLinesBecomeRoutes() {
    return GoldenCase.in("route/dynamic", DynamicRoutesTest::check);
  }

  private static void check(GoldenCase golden) {
    List<String> lines = golden.input().lines().toList();
    String printed = String.join("", lines.subList(1, lines.size()));
    RoutePattern configured = RoutePattern.parse(lines.getFirst());
    DynamicRoutes routes = DynamicRoutes.parse(GoldenCase.bytes(printed), configured);
    assertEquals(golden.expected(), text(routes));
  }

  private static String text(DynamicRoutes routes) {
    return switch (routes) {
      case DynamicRoutes.Printed(List<DynamicRoutes.DynamicRoute> all) ->
          all.stream()
              .map(r -> r.pattern() + " calls " + r.function() + ", line " + r.line() + "\n")
              .collect(Collectors.joining());
      case DynamicRoutes.Refused(List<DynamicRoutes.Problem> problems) ->
          problems.stream()
              .map(p -> "line " + p.line() + ": " + p.message() + "\n")
              .collect(Collectors.joining());
    };
  }

  @Test
  void moreThanAThousandLinesAreRefused() {
    RoutePattern configured = RoutePattern.parse("/");
    byte[] thousand = "/a f\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
    byte[] more = "/a f\n".repeat(1001).getBytes(StandardCharsets.UTF_8);

    assertInstanceOf(DynamicRoutes.Printed.class, DynamicRoutes.parse(thousand, configured));
    assertEquals(
        "line 1001: _routes must not print more than 1000 lines\n",
        text(DynamicRoutes.parse(more, configured)));
  }
}
