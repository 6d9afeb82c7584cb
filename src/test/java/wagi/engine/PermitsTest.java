package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whose turn it is to compute. What modules have used differs by hours, so that the time that a
 * test itself takes decides nothing.
 */
final class PermitsTest {
  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);
  private static final int MANY = 64;

  @SuppressWarnings("NullAway.Init")
  private static Guests guests;

  @SuppressWarnings("NullAway.Init")
  private static Scheduler unused;

  @BeforeAll
  static void start() {
    guests = new Guests();
    unused = new Scheduler(1, 1, () -> {});
  }

  @AfterAll
  static void stop() {
    unused.close();
    guests.close();
  }

  private static Lane lane(long usedNanos) {
    Lane lane = new Lane(Guests.timeout(Duration.ofSeconds(1)));
    if (usedNanos > 0) {
      lane.used(usedNanos);
    }
    return lane;
  }

  /** Returns a run of a module of its own, whose guests have used much, but each of them little. */
  private static Run shortRun(long usedNanos) throws ModuleRefusedException {
    Run run = lengthyRun(usedNanos);
    for (int i = 0; i < MANY * 8; i++) {
      run.lane().used(0);
    }
    assertFalse(run.lane().isLengthy());
    return run;
  }

  private static Run lengthyRun(long usedNanos) throws ModuleRefusedException {
    Run run = run(guests.load("loop"));
    run.lane().used(usedNanos);
    return run;
  }

  private static Run run(GuestModule module) {
    return new Run(module, Guests.invocation("_start", ""), new Guests.Recording(), unused);
  }

  private static Lane next(Permits permits) {
    Turns.Turn turn = permits.firstStart(true);
    assertNotNull(turn);
    return permits.take(turn);
  }

  /** The run's module asks, and must be the one that may start. */
  private static void starts(Permits permits, Run run) {
    permits.wantToStart(run.lane());
    isNext(permits, run);
  }

  private static void isNext(Permits permits, Run run) {
    Turns.Turn turn = permits.firstStart(true);
    assertNotNull(turn);
    assertSame(run.lane(), permits.take(turn));
    permits.give(run, turn);
  }

  private static void nobodyIsNext(Permits permits) {
    assertNull(permits.firstStart(true));
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
  void whatAGuestComputedWithAPermitIsUsed() throws ModuleRefusedException {
    Permits permits = new Permits(1);
    Run first = lengthyRun(0);
    Lane second = lane(0);
    starts(permits, first);
    permits.takeBack(first, 1);
    permits.wantToStart(first.lane());
    permits.wantToStart(second);

    assertSame(second, next(permits));
  }

  @Test
  void whatAGuestComputedIsUsedOnce() throws ModuleRefusedException {
    Permits permits = new Permits(1);
    Run run = lengthyRun(0);
    starts(permits, run);
    permits.takeBack(run, HOUR);
    permits.wantsToReturn(run);
    nobodyIsNext(permits);
    permits.takeBack(run, HOUR + 1);

    assertEquals(HOUR + 1, run.lane().usedNanos);
  }

  @Test
  void moduleOfWhichManyReturnHasOneTurnAtATime() throws ModuleRefusedException {
    Permits permits = new Permits(1);
    GuestModule module = guests.load("loop");
    Run first = run(module);
    Run second = run(module);
    Run start = shortRun(1);
    permits.wantsToReturn(first);
    permits.wantsToReturn(second);
    permits.wantToStart(start.lane());
    nobodyIsNext(permits);
    assertTrue(first.holdsPermit);

    permits.takeBack(first, HOUR);
    isNext(permits, start);
    assertFalse(second.holdsPermit);
    permits.takeBack(start, 0);
    nobodyIsNext(permits);
    assertTrue(second.holdsPermit);
  }

  @Test
  void whoWasIdleHasNoClaimToCatchUp() throws ModuleRefusedException {
    Permits permits = new Permits(2);
    Run busy = shortRun(HOUR);
    starts(permits, busy);
    Lane other = lane(HOUR);
    Lane idle = lane(0);
    permits.wantToStart(other);
    permits.wantToStart(idle);

    assertSame(other, next(permits));
    assertSame(idle, next(permits));
  }

  @Test
  void withoutAPlaceNobodyStarts() {
    Permits permits = new Permits(1);
    permits.wantToStart(lane(0));

    assertNull(permits.firstStart(false));
    assertEquals(1, permits.free());
  }

  @Test
  void withoutAPermitNobodyStarts() throws ModuleRefusedException {
    Permits permits = new Permits(1);
    Run first = shortRun(0);
    Run second = shortRun(0);
    starts(permits, first);
    permits.wantToStart(second.lane());
    nobodyIsNext(permits);

    permits.takeBack(first, 0);
    isNext(permits, second);
  }

  @Test
  void permitIsTakenBackOnce() throws ModuleRefusedException {
    Permits permits = new Permits(1);
    Run run = shortRun(0);
    starts(permits, run);
    permits.takeBack(run, 0);
    permits.takeBack(run, 0);

    assertEquals(1, permits.free());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 2", "4, 2", "8, 4"})
  void lengthyModulesGetHalfOfThePermits(int count, int half) throws ModuleRefusedException {
    Permits permits = new Permits(count);
    for (int i = 0; i < half; i++) {
      starts(permits, lengthyRun(HOUR));
    }
    permits.wantToStart(lengthyRun(HOUR).lane());
    nobodyIsNext(permits);

    for (int i = half; i < count; i++) {
      starts(permits, shortRun(2 * HOUR));
    }
    permits.wantToStart(shortRun(HOUR).lane());
    nobodyIsNext(permits);
  }

  @Test
  void shortModulesMayHaveAllPermits() throws ModuleRefusedException {
    Permits permits = new Permits(4);
    for (int i = 0; i < 4; i++) {
      starts(permits, shortRun(HOUR));
    }
    assertEquals(0, permits.free());
  }

  @Test
  void lengthyGuestsThatReturnBelongToTheSameHalf() throws ModuleRefusedException {
    Permits permits = new Permits(2);
    Run first = lengthyRun(HOUR);
    Run waited = lengthyRun(HOUR);
    starts(permits, waited);
    permits.takeBack(waited, 0);
    starts(permits, first);
    permits.wantsToReturn(waited);
    nobodyIsNext(permits);
    assertFalse(waited.holdsPermit);

    permits.takeBack(first, 0);
    nobodyIsNext(permits);
    assertTrue(waited.holdsPermit);
  }

  @Test
  void halfIsWholeAgainWhenTheModuleHasBecomeShortMeanwhile() throws ModuleRefusedException {
    Permits permits = new Permits(2);
    Run run = lengthyRun(TimeUnit.MILLISECONDS.toNanos(17));
    starts(permits, run);
    for (int i = 0; i < MANY; i++) {
      run.lane().used(0);
    }
    assertFalse(run.lane().isLengthy());
    permits.takeBack(run, 0);

    starts(permits, lengthyRun(HOUR));
    starts(permits, shortRun(HOUR));
  }

  @Test
  void guestThatReturnsGoesBeforeAModuleThatHasUsedMore() throws ModuleRefusedException {
    Permits permits = new Permits(1);
    Run back = shortRun(HOUR);
    Run start = shortRun(2 * HOUR);
    permits.wantToStart(start.lane());
    permits.wantsToReturn(back);

    nobodyIsNext(permits);
    assertTrue(back.holdsPermit);
    permits.takeBack(back, 0);
    isNext(permits, start);
  }

  @Test
  void guestThatReturnsLetsAModuleStartThatHasUsedLess() throws ModuleRefusedException {
    Permits permits = new Permits(1);
    Run back = shortRun(2 * HOUR);
    Run start = shortRun(HOUR);
    permits.wantsToReturn(back);
    permits.wantToStart(start.lane());

    isNext(permits, start);
    assertFalse(back.holdsPermit);
    permits.takeBack(start, 0);
    nobodyIsNext(permits);
    assertTrue(back.holdsPermit);
  }

  @Test
  void guestsReturnAndStartInTheOrderOfTimeUsed() throws ModuleRefusedException {
    Permits permits = new Permits(1);
    Run startFirst = shortRun(HOUR);
    Run backSecond = shortRun(2 * HOUR);
    Run startThird = shortRun(3 * HOUR);
    Run backFourth = shortRun(4 * HOUR);
    permits.wantsToReturn(backFourth);
    permits.wantToStart(startThird.lane());
    permits.wantsToReturn(backSecond);
    permits.wantToStart(startFirst.lane());

    isNext(permits, startFirst);
    permits.takeBack(startFirst, 0);
    nobodyIsNext(permits);
    assertTrue(backSecond.holdsPermit);
    permits.takeBack(backSecond, 0);
    isNext(permits, startThird);
    assertFalse(backFourth.holdsPermit);
    permits.takeBack(startThird, 0);
    nobodyIsNext(permits);
    assertTrue(backFourth.holdsPermit);
  }

  @Test
  void guestThatReturnsNeedsNoPlaceAmongTheLiving() throws ModuleRefusedException {
    Permits permits = new Permits(1);
    Run back = shortRun(HOUR);
    permits.wantToStart(lane(0));
    permits.wantsToReturn(back);

    assertNull(permits.firstStart(false));
    assertTrue(back.holdsPermit);
  }

  @Test
  void guestThatLeftWaitsForAPermitToGoOn() throws ModuleRefusedException {
    Permits permits = new Permits(1);
    Run left = shortRun(HOUR);
    Run other = shortRun(HOUR);
    starts(permits, left);
    permits.takeBack(left, 0);
    assertFalse(left.holdsPermit);
    starts(permits, other);
    permits.wantsToReturn(left);
    nobodyIsNext(permits);
    assertFalse(left.holdsPermit);
    assertTrue(permits.someReturn());

    permits.takeBack(other, 0);
    nobodyIsNext(permits);
    assertTrue(left.holdsPermit);
    assertFalse(permits.someReturn());
  }

  @Test
  void permitThatSomebodyWaitsToGoOnWithIsNotFree() throws ModuleRefusedException {
    Permits permits = new Permits(2);
    Run run = shortRun(0);
    permits.wantsToReturn(run);
    assertEquals(0, permits.free());

    nobodyIsNext(permits);
    assertEquals(1, permits.free());
  }

  @Test
  void whoSleptHasNoClaimToCatchUp() throws ModuleRefusedException {
    Permits permits = new Permits(1);
    Run waiting = shortRun(HOUR);
    Run busy = shortRun(2 * HOUR);
    Run sleeper = shortRun(0);
    permits.wantToStart(waiting.lane());
    permits.wantsToReturn(busy);
    assertNull(permits.firstStart(false));
    assertTrue(busy.holdsPermit);
    permits.wantsToReturn(sleeper);
    permits.takeBack(busy, 0);

    isNext(permits, waiting);
    assertFalse(sleeper.holdsPermit);
    permits.takeBack(waiting, 0);
    nobodyIsNext(permits);
    assertTrue(sleeper.holdsPermit);
  }
}
