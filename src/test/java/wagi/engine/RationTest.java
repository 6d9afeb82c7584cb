package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A tenth of four processors, and whether others are there for whom it is kept so small. */
final class RationTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Ration ration = new Ration(4, 0);

  private void failingUsed(long millis, long now) {
    ration.used(true, millis * MILLI, now);
  }

  private void othersUsed(long millis, long now) {
    ration.used(false, millis * MILLI, now);
  }

  @Test
  void aBurstIsLeftAtOnceAndThenATenth() {
    failingUsed(4, 0);
    assertTrue(ration.isLeft(0));
    failingUsed(1, 0);
    assertFalse(ration.isLeft(0));
    assertTrue(ration.isLeft(3));
  }

  @Test
  void inTheLongRunATenthOfAllProcessorsIsLeft() {
    int used = 0;
    for (long now = 0; now < SECOND; now += MILLI / 10) {
      if (ration.isLeft(now)) {
        failingUsed(1, now);
        used++;
      }
    }

    assertEquals(400.0, used, 6.0);
  }

  @Test
  void oneThatUsedMuchIsMadeUpForInPart() {
    failingUsed(5000, 0);
    assertFalse(ration.isLeft(249 * MILLI));
    assertTrue(ration.isLeft(251 * MILLI));
  }

  @Test
  void whatIsNotUsedIsNotSaved() {
    assertTrue(ration.isLeft(3600 * SECOND));
    failingUsed(5, 3600 * SECOND);

    assertFalse(ration.isLeft(3600 * SECOND));
  }

  @Test
  void withoutOthersItDoesNotApply() {
    failingUsed(5000, 0);
    assertFalse(ration.isLeft(MILLI));

    assertFalse(ration.applies());
  }

  @Test
  void itAppliesAsSoonAsOthersHaveUsedATenthOfAProcessor() {
    othersUsed(99, 200 * MILLI);
    assertFalse(ration.applies());
    othersUsed(1, 300 * MILLI);

    assertTrue(ration.applies());
  }

  @Test
  void itAppliesForASecondAfterThoseInWhichOthersWereThere() {
    othersUsed(100, 900 * MILLI);
    assertFalse(ration.isLeft(1000 * MILLI) && !ration.applies());
    assertTrue(ration.isLeft(1999 * MILLI) && ration.applies());

    assertTrue(ration.isLeft(2000 * MILLI));
    assertFalse(ration.applies());
  }

  @Test
  void othersOfLongAgoDoNotCount() {
    othersUsed(100, 900 * MILLI);

    assertTrue(ration.isLeft(100 * SECOND));
    assertFalse(ration.applies());
  }
}
