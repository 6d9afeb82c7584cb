package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

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
    lane.used(Standing.QUICK, SHORT_NANOS);
    assertEquals(Standing.QUICK, lane.standing());
    lane.used(Standing.QUICK, LONG_NANOS);
    assertEquals(Standing.LENGTHY, lane.standing());
  }

  @Test
  void moduleWhoseGuestsAreShortAgainIsNotLengthyAnyMore() {
    lane.used(Standing.QUICK, LONG_NANOS);
    for (int i = 0; i < 16; i++) {
      lane.used(Standing.QUICK, SHORT_NANOS);
    }
    assertEquals(Standing.QUICK, lane.standing());
  }

  @Test
  void manyShortHoldsMakeNoModuleLengthy() {
    for (int i = 0; i < 1000; i++) {
      lane.used(Standing.QUICK, SHORT_NANOS);
    }
    assertEquals(Standing.QUICK, lane.standing());
  }

  @Test
  void moduleFailsWhenMostOfItsLastGuestsHave() {
    for (int i = 0; i < 5; i++) {
      lane.ended(true);
      assertEquals(Standing.QUICK, lane.standing());
    }
    lane.ended(true);

    assertEquals(Standing.FAILING, lane.standing());
  }

  @Test
  void everyThirdFailureMakesNoModuleFailing() {
    for (int i = 0; i < 300; i++) {
      lane.ended(i % 3 == 0);
      assertEquals(Standing.QUICK, lane.standing());
    }
  }

  @Test
  void moduleWhoseGuestsAnswerAgainIsSoonAsBefore() {
    for (int i = 0; i < 1000; i++) {
      lane.ended(true);
    }
    for (int i = 0; i < 6; i++) {
      lane.ended(false);
    }

    assertEquals(Standing.QUICK, lane.standing());
  }

  @Test
  void timeUsedWhileItFailedIsCountedApart() {
    lane.used(Standing.QUICK, 3);
    lane.used(Standing.FAILING, 5);

    assertEquals(3, lane.usedNanos(Standing.QUICK));
    assertEquals(3, lane.usedNanos(Standing.LENGTHY));
    assertEquals(5, lane.usedNanos(Standing.FAILING));
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
