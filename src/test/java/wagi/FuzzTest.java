package wagi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FuzzTest {
  @Test
  void failureNamesASeedAndTheSmallestInput() {
    AssertionError failure =
        assertThrows(
            AssertionError.class,
            () ->
                Fuzz.bytes(
                    2000,
                    random -> Mutated.noise(200, random),
                    (input, random) -> assertFalse(has(input, 'x') && has(input, 'y'))));

    String text = String.valueOf(failure.getMessage());
    assertTrue(text.contains("again with -Dwagi.test.seed="), text);
    assertTrue(text.contains("input of 2 bytes: xy") || text.contains("2 bytes: yx"), text);
  }

  @Test
  void seedOfAFailureGivesTheSameTryAgain() {
    List<Long> tried = new ArrayList<>();
    assertThrows(
        AssertionError.class,
        () ->
            Fuzz.tries(
                100,
                random -> {
                  tried.add(random.nextLong());
                  assertTrue(tried.size() < 3);
                }));
    List<Long> again = new ArrayList<>();
    Fuzz.tries(6, random -> again.add(random.nextLong()));

    assertEquals(tried, again.subList(0, 3));
  }

  @Test
  void propertyThatHoldsSaysNothing() {
    Fuzz.bytes(
        100, random -> Mutated.noise(5, random), (input, random) -> assertEquals(5, input.length));
  }

  private static boolean has(byte[] bytes, char wanted) {
    for (byte b : bytes) {
      if (b == wanted) {
        return true;
      }
    }
    return false;
  }
}
