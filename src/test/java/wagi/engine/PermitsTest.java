package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whose turn it is to compute. */
final class PermitsTest {
  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static Lane lane(long usedNanos) {
    Lane lane = new Lane(Guests.timeout(java.time.Duration.ofSeconds(1)));
    if (usedNanos > 0) {
      lane.used(usedNanos);
    }
    return lane;
  }

  private static Lane next(Permits permits) {
    Turns.Turn turn = permits.firstStart(true);
    assertNotNull(turn);
    return permits.take(turn);
  }

  @Test
  void whoHasUsedLeastIsNextHoweverLateItCame() {
    Permits permits = new Permits(2);
    Lane greedy = lane(LONG_NANOS);
    Lane modest = lane(1000);
    permits.wantToStart(greedy);
    permits.wantToStart(modest);

    assertSame(modest, next(permits));
    assertSame(greedy, next(permits));
  }

  @Test
  void ofEqualsTheFirstIsNext() {
    Permits permits = new Permits(2);
    Lane first = lane(0);
    Lane second = lane(0);
    permits.wantToStart(first);
    permits.wantToStart(second);

    assertSame(first, next(permits));
    assertSame(second, next(permits));
  }

  @Test
  void withoutAPlaceNobodyStarts() {
    Permits permits = new Permits(1);
    permits.wantToStart(lane(0));

    assertNull(permits.firstStart(false));
    assertEquals(1, permits.free());
  }

  @Test
  void oneShortHoldMakesNoModuleLengthyAndALongOneDoes() {
    assertEquals(false, lane(TimeUnit.MILLISECONDS.toNanos(1)).isLengthy());
    assertEquals(true, lane(LONG_NANOS).isLengthy());
  }
}
