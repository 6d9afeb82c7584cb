package wagi.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class RoutePatternTest {
  /** Each case has a route; and what it is, or why it is none. */
  @TestFactory
  Stream<DynamicTest> textBecomesRoute() {
    return GoldenCase.in("route/pattern", RoutePatternTest::check);
  }

  private static void check(GoldenCase golden) {
    String text = new String(GoldenCase.bytes(golden.input().strip()), UTF_8);
    String problem = RoutePattern.problemOf(text);
    if (problem != null) {
      assertEquals(golden.expected(), "problem: " + problem + "\n");
      assertThrows(IllegalArgumentException.class, () -> RoutePattern.parse(text));
      return;
    }
    RoutePattern pattern = RoutePattern.parse(text);
    String kind = pattern.isPrefix() ? "prefix " : "exact ";
    assertEquals(golden.expected(), kind + "\"" + pattern.scriptName() + "\"\n");
    assertEquals(text, pattern.text());
  }

  @Test
  void spellingsOfOnePathAreEqual() {
    assertEquals(RoutePattern.parse("/a%20b/..."), RoutePattern.parse("/a b/..."));
    assertEquals(
        RoutePattern.parse("/a%20b/...").hashCode(), RoutePattern.parse("/a b/...").hashCode());
    assertNotEquals(RoutePattern.parse("/a/b"), RoutePattern.parse("/a%2Fb"));
    assertNotEquals(RoutePattern.parse("/a"), RoutePattern.parse("/a/..."));
  }
}
