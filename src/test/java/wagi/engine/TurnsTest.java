package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    Turns.Turn first = turns.first(standing -> lengthyToo || standing == Standing.QUICK);
    return first == null ? null : first.lane();
  }

  private void removeFirst() {
    Turns.Turn first = turns.first(standing -> true);
    assertNotNull(first);
    turns.removeFirst(first);
  }

  @Test
  void whatAModuleUsesWhileItWaitsCounts() {
    Lane greedy = lane();
    Lane modest = lane();
    modest.used(Standing.QUICK, 1);
    turns.add(greedy);
    turns.add(modest);
    assertEquals(greedy, first(true));
    greedy.used(Standing.QUICK, 2);

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
    lane.used(Standing.QUICK, LONG_NANOS);

    assertNull(first(false));
    assertEquals(lane, first(true));
  }

  @Test
  void moduleThatIsLengthyNoMoreIsNotPassedOver() {
    Lane lane = lane();
    lane.used(Standing.QUICK, LONG_NANOS);
    turns.add(lane);
    assertNull(first(false));
    for (int i = 0; i < 8; i++) {
      lane.used(Standing.QUICK, 1);
    }

    assertEquals(lane, first(false));
  }

  @Test
  void moduleThatFailsWhileItWaitsStandsAmongThoseThatFail() {
    Lane lane = lane();
    lane.used(Standing.QUICK, LONG_NANOS);
    turns.add(lane);
    for (int i = 0; i < 8; i++) {
      lane.ended(true);
    }

    Turns.Turn turn = turns.first(standing -> standing == Standing.FAILING);
    assertEquals(lane, turn == null ? null : turn.lane());
    assertEquals(0, turn == null ? -1 : turn.used());
  }

  @Test
  void onlyAFirstOfItsOwnIsHad() {
    turns.add(lane());
    Turns.Turn turn = turns.first(standing -> true);
    assertNotNull(turn);
    assertTrue(turns.has(turn));
    assertFalse(new Turns().has(turn));
  }
}
