package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What one module may have of what all share; its queue is 16, its concurrency 8. */
final class LaneTest {
  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long SHORT_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  private final Lane lane = new Lane(Guests.timeout(Duration.ofSeconds(1)));

  @Test
  void oneShortHoldMakesNoModuleLengthyAndALongOneDoes() {
    lane.used(SHORT_NANOS);
    assertFalse(lane.isLengthy());
    lane.used(LONG_NANOS);
    assertTrue(lane.isLengthy());
  }

  @Test
  void moduleWhoseGuestsAreShortAgainIsNotLengthyAnyMore() {
    lane.used(LONG_NANOS);
    for (int i = 0; i < 16; i++) {
      lane.used(SHORT_NANOS);
    }
    assertFalse(lane.isLengthy());
  }

  @Test
  void manyShortHoldsMakeNoModuleLengthy() {
    for (int i = 0; i < 1000; i++) {
      lane.used(SHORT_NANOS);
    }
    assertFalse(lane.isLengthy());
  }

  @Test
  void timeOfAGuestThatFailedCountsFourTimes() {
    lane.used(SHORT_NANOS);
    lane.wasted(SHORT_NANOS);

    assertEquals(4 * SHORT_NANOS, lane.usedNanos);
    assertFalse(lane.isLengthy());
  }

  @Test
  void noMoreGuestsThanItsConcurrencyAreAlive() {
    lane.alive = 7;
    assertNull(lane.bound(100, 0));
    lane.alive = 8;
    assertEquals(Bound.CONCURRENCY, lane.bound(100, 0));
  }

  @Test
  void lastFreePlacesAreForModulesThatHaveFew() {
    lane.alive = 4;
    assertNull(lane.bound(2, 0));
    assertEquals(Bound.GUESTS, lane.bound(1, 0));
    lane.alive = 0;
    assertNull(lane.bound(1, 0));
    assertEquals(Bound.GUESTS, lane.bound(0, 0));
  }

  @Test
  void whoIsInTheBackgroundStartsNoMoreOnceItIsFull() {
    assertNull(lane.bound(100, Places.BACKGROUND_MAX));
    lane.alive = 1;
    lane.background = 1;
    assertNull(lane.bound(100, Places.BACKGROUND_MAX - 1));
    assertEquals(Bound.BACKGROUND, lane.bound(100, Places.BACKGROUND_MAX));
  }
}
