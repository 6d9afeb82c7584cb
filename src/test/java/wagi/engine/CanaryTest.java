package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a request leaves in memory, globals, tables and segments, no later request sees. */
final class CanaryTest {
  @TestFactory
  Stream<DynamicTest> noLaterRequestSeesTheCanary() {
    return CanaryCheck.GUESTS.stream()
        .flatMap(
            guest ->
                CanaryCheck.ENDS.stream()
                    .map(
                        end ->
                            dynamicTest(
                                guest + " ends by " + end,
                                () -> assertNull(CanaryCheck.seen(guest, end)))));
  }

  @Test
  void onlyTheGuestWithoutTableOperationsIsReusedWhole() throws ModuleRefusedException {
    try (Guests guests = new Guests()) {
      assertNull(guests.load("canary").code.reuseObstacle());
      assertNotNull(guests.load("canary-tables").code.reuseObstacle());
    }
  }

  @Test
  void memoryAtRestHoldsNothingOfItsLastRequest() throws ModuleRefusedException {
    assertEquals("", AtRest.leftovers());
  }
}
