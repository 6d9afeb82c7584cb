package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Permits for modules whose guests are short, and for those whose guests compute long. */
final class ShortAndLongTest {
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);
  private static final long WINDOW = TimeUnit.MILLISECONDS.toNanos(100);

  @SuppressWarnings("NullAway.Init")
  private static Takers takers;

  private long now;

  @BeforeAll
  static void start() {
    takers = new Takers();
  }

  @AfterAll
  static void stop() {
    takers.close();
  }

  private Permits permits(int count) {
    return new Permits(count, () -> now);
  }

  /** As if short guests had used so many processors in the last while. */
  private void shortGuestsUsed(Permits permits, double processors) throws ModuleRefusedException {
    Run run = takers.shortRun(0);
    Takers.starts(permits, run);
    now += WINDOW;
    permits.takeBack(run, (long) (processors * WINDOW));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void aloneLongGuestsHaveAllPermits(int count) throws ModuleRefusedException {
    Permits permits = permits(count);
    for (int i = 0; i < count; i++) {
      Takers.starts(permits, takers.lengthyRun(HOUR));
    }
    permits.wantToStart(takers.lengthyRun(HOUR).lane());

    Takers.nobodyIsNext(permits);
    assertEquals(0, permits.free());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void oneShortGuestComputesBesideThem(int count) throws ModuleRefusedException {
    Permits permits = permits(count);
    for (int i = 0; i < count; i++) {
      Takers.starts(permits, takers.lengthyRun(HOUR));
    }
    Run run = takers.shortRun(2 * HOUR);
    Run other = takers.shortRun(2 * HOUR);
    Takers.starts(permits, run);
    permits.wantToStart(other.lane());
    Takers.nobodyIsNext(permits);
    assertEquals(0, permits.free());

    permits.takeBack(run, 0);
    Takers.isNext(permits, other);
  }

  @Test
  void longGuestWaitsForTheOneBeyondThePermits() throws ModuleRefusedException {
    Permits permits = permits(1);
    Run first = takers.lengthyRun(HOUR);
    Run beyond = takers.shortRun(HOUR);
    Run second = takers.lengthyRun(HOUR);
    Takers.starts(permits, first);
    Takers.starts(permits, beyond);
    permits.wantToStart(second.lane());
    permits.takeBack(first, 0);
    Takers.nobodyIsNext(permits);

    permits.takeBack(beyond, 0);
    Takers.isNext(permits, second);
  }

  @Test
  void shortGuestsHaveAllPermitsAndNoneBeyond() throws ModuleRefusedException {
    Permits permits = permits(4);
    for (int i = 0; i < 4; i++) {
      Takers.starts(permits, takers.shortRun(HOUR));
    }
    permits.wantToStart(takers.shortRun(HOUR).lane());

    Takers.nobodyIsNext(permits);
  }

  @Test
  void whatShortGuestsUsedLatelyIsKeptForThem() throws ModuleRefusedException {
    Permits permits = permits(4);
    shortGuestsUsed(permits, 1.5);
    Takers.starts(permits, takers.lengthyRun(HOUR));
    Takers.starts(permits, takers.lengthyRun(HOUR));
    permits.wantToStart(takers.lengthyRun(HOUR).lane());
    Takers.nobodyIsNext(permits);

    Takers.starts(permits, takers.shortRun(2 * HOUR));
    Takers.starts(permits, takers.shortRun(2 * HOUR));
    Takers.nobodyIsNext(permits);
  }

  @Test
  void asManyShortGuestsAsAreKeptForAndOneMoreComputeAtAnyTime() throws ModuleRefusedException {
    Permits permits = permits(2);
    shortGuestsUsed(permits, 1);
    Takers.starts(permits, takers.lengthyRun(HOUR));
    Takers.starts(permits, takers.shortRun(2 * HOUR));
    Takers.starts(permits, takers.shortRun(2 * HOUR));
    permits.wantToStart(takers.shortRun(2 * HOUR).lane());

    Takers.nobodyIsNext(permits);
  }

  @Test
  void oneIsLeftToLongGuestsHoweverMuchShortOnesUse() throws ModuleRefusedException {
    Permits permits = permits(2);
    shortGuestsUsed(permits, 8);

    Takers.starts(permits, takers.lengthyRun(HOUR));
  }

  @Test
  void whatShortGuestsUseNoMoreIsNotKept() throws ModuleRefusedException {
    Permits permits = permits(2);
    shortGuestsUsed(permits, 1);
    Run first = takers.lengthyRun(HOUR);
    Run second = takers.lengthyRun(HOUR);
    Run third = takers.lengthyRun(HOUR);
    Takers.starts(permits, first);
    permits.wantToStart(second.lane());
    Takers.nobodyIsNext(permits);
    now += WINDOW;
    permits.takeBack(first, WINDOW);

    Takers.isNext(permits, second);
    Takers.starts(permits, third);
  }

  @Test
  void longGuestsThatReturnLeaveWhatIsKept() throws ModuleRefusedException {
    Permits permits = permits(2);
    shortGuestsUsed(permits, 1);
    Run first = takers.lengthyRun(HOUR);
    Run waited = takers.lengthyRun(HOUR);
    Takers.starts(permits, waited);
    permits.takeBack(waited, 0);
    Takers.starts(permits, first);
    permits.wantsToReturn(waited);
    Takers.nobodyIsNext(permits);
    assertFalse(waited.holdsPermit);

    permits.takeBack(first, 0);
    Takers.nobodyIsNext(permits);
    assertTrue(waited.holdsPermit);
  }

  @Test
  void moduleThatBecameShortMeanwhileGivesBackWhatItTook() throws ModuleRefusedException {
    Permits permits = permits(2);
    shortGuestsUsed(permits, 1);
    Run run = takers.lengthyRun(HOUR);
    Takers.starts(permits, run);
    for (int i = 0; i < 512; i++) {
      run.lane().used(Standing.QUICK, 0);
    }
    assertEquals(Standing.QUICK, run.lane().standing());
    permits.takeBack(run, 0);

    Takers.starts(permits, takers.lengthyRun(HOUR));
    Takers.starts(permits, takers.shortRun(HOUR));
  }
}
