package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** When the entries are made, and when they are too many. */
final class EnvironmentTest {
  /** With their zeros they have eight bytes. */
  private static final List<String> ENTRIES = List.of("A=1", "B=2");

  private int made;

  @Test
  void nothingIsMadeWhenTheMostIsWithinTheLimit() {
    assertTrue(environment(100).isWithin(100));
    assertEquals(0, made);
  }

  @Test
  void entriesDecideWhenTheMostIsNotWithinTheLimit() {
    assertTrue(environment(100).isWithin(8));
    assertFalse(environment(100).isWithin(7));
  }

  @Test
  void entriesAreMadeOnce() {
    Environment environment = environment(100);
    assertTrue(environment.isWithin(99));
    assertEquals(ENTRIES, environment.entries());
    assertEquals(ENTRIES, environment.entries());
    assertEquals(1, made);
  }

  private Environment environment(long mostBytes) {
    return new Environment(
        mostBytes,
        () -> {
          made++;
          return ENTRIES;
        });
  }
}
