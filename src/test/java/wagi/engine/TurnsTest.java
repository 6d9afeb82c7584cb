package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whose turn it is when modules go on computing while they wait. */
final class TurnsTest {
  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Turns turns = new Turns();

  private static Lane lane() {
    return new Lane(Guests.timeout(Duration.ofSeconds(1)));
  }

  private @Nullable Lane first(boolean lengthyToo) {
    Turns.Turn first = turns.first(true, lengthyToo);
    return first == null ? null : first.lane();
  }

  private void removeFirst() {
    Turns.Turn first = turns.first(true, true);
    assertNotNull(first);
    turns.removeFirst(first);
  }

  @Test
  void whatAModuleUsesWhileItWaitsCounts() {
    Lane greedy = lane();
    Lane modest = lane();
    modest.used(1);
    turns.add(greedy);
    turns.add(modest);
    assertEquals(greedy, first(true));
    greedy.used(2);

    assertEquals(modest, first(true));
    removeFirst();
    assertEquals(greedy, first(true));
    removeFirst();
    assertNull(first(true));
  }

  @Test
  void moduleThatBecomesLengthyWhileItWaitsKeepsItsTurn() {
    Lane lane = lane();
    turns.add(lane);
    assertEquals(lane, first(false));
    lane.used(LONG_NANOS);

    assertNull(first(false));
    assertEquals(lane, first(true));
  }

  @Test
  void moduleThatIsLengthyNoMoreIsNotPassedOver() {
    Lane lane = lane();
    lane.used(LONG_NANOS);
    turns.add(lane);
    assertNull(first(false));
    for (int i = 0; i < 8; i++) {
      lane.used(1);
    }

    assertEquals(lane, first(false));
  }
}
