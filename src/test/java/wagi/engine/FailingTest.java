package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Permits for modules whose guests fail, of two: alone, and beside others. */
final class FailingTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  @SuppressWarnings("NullAway.Init")
  private static Takers takers;

  private long now;
  private final Permits permits = new Permits(2, () -> now);

  @BeforeAll
  static void start() {
    takers = new Takers();
  }

  @AfterAll
  static void stop() {
    takers.close();
  }

  private void uses(Run run, long nanos) {
    Takers.starts(permits, run);
    permits.takeBack(run, run.chargedNanos + nanos);
  }

  /** As others do that are there, and whose time counts. */
  private void othersAreThere() throws ModuleRefusedException {
    uses(takers.lengthyRun(HOUR), HOUR);
  }

  @Test
  void aloneTheyHaveAllPermitsHoweverMuchTheyHaveUsed() throws ModuleRefusedException {
    uses(takers.failingRun(), HOUR);

    Takers.starts(permits, takers.failingRun());
    Takers.starts(permits, takers.failingRun());
  }

  @Test
  void besideOthersTheyWaitForTheirRation() throws ModuleRefusedException {
    othersAreThere();
    uses(takers.failingRun(), HOUR);
    Run next = takers.failingRun();
    permits.wantToStart(next.lane());
    Takers.nobodyIsNext(permits);
    now += 499 * MILLI;
    Takers.nobodyIsNext(permits);

    now += 2 * MILLI;
    Takers.isNext(permits, next);
  }

  @Test
  void whoWaitsToGoOnIsRationedToo() throws ModuleRefusedException {
    othersAreThere();
    uses(takers.failingRun(), HOUR);
    Run back = takers.failingRun();
    permits.wantsToReturn(back);
    Takers.nobodyIsNext(permits);
    assertFalse(back.holdsPermit);

    now += 501 * MILLI;
    Takers.nobodyIsNext(permits);
    assertTrue(back.holdsPermit);
  }

  @Test
  void withinTheirRationTheyGoBeforeOthersHoweverLittleThoseHaveUsed()
      throws ModuleRefusedException {
    Run failing = takers.failingRun();
    failing.lane().used(Standing.FAILING, HOUR);
    Run other = takers.shortRun(0);
    permits.wantToStart(other.lane());
    permits.wantToStart(failing.lane());

    Takers.isNext(permits, failing);
    Takers.isNext(permits, other);
  }

  @Test
  void beyondItTheyGoAfterOthersHoweverMuchThoseHaveUsed() throws ModuleRefusedException {
    uses(takers.failingRun(), HOUR);
    Run failing = takers.failingRun();
    Run other = takers.lengthyRun(10 * HOUR);
    permits.wantToStart(failing.lane());
    permits.wantToStart(other.lane());

    Takers.isNext(permits, other);
    Takers.isNext(permits, failing);
  }

  @Test
  void ofThemWhoHasUsedLeastWhileItFailedIsNext() throws ModuleRefusedException {
    Run modest = takers.failingRun();
    modest.lane().used(Standing.QUICK, HOUR);
    Run greedy = takers.failingRun();
    greedy.lane().used(Standing.FAILING, HOUR);
    permits.wantToStart(greedy.lane());
    permits.wantToStart(modest.lane());

    Takers.isNext(permits, modest);
    Takers.isNext(permits, greedy);
  }

  @Test
  void theyLeaveWhatIsKeptForShortGuests() throws ModuleRefusedException {
    Run run = takers.shortRun(0);
    Takers.starts(permits, run);
    now += 100 * MILLI;
    permits.takeBack(run, 100 * MILLI);
    Takers.starts(permits, takers.failingRun());
    permits.wantToStart(takers.failingRun().lane());

    Takers.nobodyIsNext(permits);
    Takers.starts(permits, takers.shortRun(0));
  }

  @Test
  void whoEndsInsteadOfGoingOnLeavesItsTurnToTheNext() throws ModuleRefusedException {
    GuestModule module = takers.module();
    Run first = takers.run(module);
    Run second = takers.run(module);
    permits.wantsToReturn(first);
    permits.wantsToReturn(second);
    permits.returnsNot(first);

    Takers.nobodyIsNext(permits);
    assertFalse(first.holdsPermit);
    assertTrue(second.holdsPermit);
    assertFalse(permits.someReturn());
  }

  @Test
  void turnOfNobodyIsPassedOver() throws ModuleRefusedException {
    Run gone = takers.shortRun(0);
    Run start = takers.shortRun(HOUR);
    permits.wantsToReturn(gone);
    permits.returnsNot(gone);
    permits.wantToStart(start.lane());

    Takers.isNext(permits, start);
    permits.wantsToReturn(gone);
    Takers.nobodyIsNext(permits);
    assertTrue(gone.holdsPermit);
  }
}
