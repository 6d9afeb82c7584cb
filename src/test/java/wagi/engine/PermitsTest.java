package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whose turn it is to compute. What modules have used differs by hours, so that the time that a
 * test itself takes decides nothing.
 */
final class PermitsTest {
  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  @SuppressWarnings("NullAway.Init")
  private static Takers takers;

  @BeforeAll
  static void start() {
    takers = new Takers();
  }

  @AfterAll
  static void stop() {
    takers.close();
  }

  private static Lane next(Permits permits) {
    Turns.Turn turn = permits.firstStart(true);
    assertNotNull(turn);
    return permits.take(turn);
  }

  @Test
  void whoHasUsedLeastIsNextHoweverLateItCame() {
    Permits permits = new Permits(2, () -> 0);
    Lane greedy = Takers.lane(LONG_NANOS);
    Lane modest = Takers.lane(1000);
    permits.wantToStart(greedy);
    permits.wantToStart(modest);

    assertSame(modest, next(permits));
    assertSame(greedy, next(permits));
  }

  @Test
  void ofEqualsTheFirstIsNext() {
    Permits permits = new Permits(2, () -> 0);
    Lane first = Takers.lane(0);
    Lane second = Takers.lane(0);
    permits.wantToStart(first);
    permits.wantToStart(second);

    assertSame(first, next(permits));
    assertSame(second, next(permits));
  }

  @Test
  void whatAGuestComputedWithAPermitIsUsed() throws ModuleRefusedException {
    Permits permits = new Permits(1, () -> 0);
    Run first = takers.lengthyRun(0);
    Lane second = Takers.lane(0);
    Takers.starts(permits, first);
    permits.takeBack(first, 1);
    permits.wantToStart(first.lane());
    permits.wantToStart(second);

    assertSame(second, next(permits));
  }

  @Test
  void whatAGuestComputedIsUsedOnce() throws ModuleRefusedException {
    Permits permits = new Permits(1, () -> 0);
    Run run = takers.lengthyRun(0);
    Takers.starts(permits, run);
    permits.takeBack(run, HOUR);
    permits.wantsToReturn(run);
    Takers.nobodyIsNext(permits);
    permits.takeBack(run, HOUR + 1);

    assertEquals(HOUR + 1, run.lane().usedNanos(Standing.LENGTHY));
  }

  @Test
  void moduleOfWhichManyReturnHasOneTurnAtATime() throws ModuleRefusedException {
    Permits permits = new Permits(1, () -> 0);
    GuestModule module = takers.module();
    Run first = takers.run(module);
    Run second = takers.run(module);
    Run start = takers.shortRun(1);
    permits.wantsToReturn(first);
    permits.wantsToReturn(second);
    permits.wantToStart(start.lane());
    Takers.nobodyIsNext(permits);
    assertTrue(first.holdsPermit);

    permits.takeBack(first, HOUR);
    Takers.isNext(permits, start);
    assertFalse(second.holdsPermit);
    permits.takeBack(start, 0);
    Takers.nobodyIsNext(permits);
    assertTrue(second.holdsPermit);
  }

  @Test
  void whoWasIdleHasNoClaimToCatchUp() throws ModuleRefusedException {
    Permits permits = new Permits(2, () -> 0);
    Run busy = takers.shortRun(HOUR);
    Takers.starts(permits, busy);
    Lane other = Takers.lane(HOUR);
    Lane idle = Takers.lane(0);
    permits.wantToStart(other);
    permits.wantToStart(idle);

    assertSame(other, next(permits));
    assertSame(idle, next(permits));
  }

  @Test
  void withoutAPlaceNobodyStarts() {
    Permits permits = new Permits(1, () -> 0);
    permits.wantToStart(Takers.lane(0));

    assertNull(permits.firstStart(false));
    assertEquals(1, permits.free());
  }

  @Test
  void withoutAPermitNobodyStarts() throws ModuleRefusedException {
    Permits permits = new Permits(1, () -> 0);
    Run first = takers.shortRun(0);
    Run second = takers.shortRun(0);
    Takers.starts(permits, first);
    permits.wantToStart(second.lane());
    Takers.nobodyIsNext(permits);

    permits.takeBack(first, 0);
    Takers.isNext(permits, second);
  }

  @Test
  void permitIsTakenBackOnce() throws ModuleRefusedException {
    Permits permits = new Permits(1, () -> 0);
    Run run = takers.shortRun(0);
    Takers.starts(permits, run);
    permits.takeBack(run, 0);
    permits.takeBack(run, 0);

    assertEquals(1, permits.free());
  }

  @Test
  void guestThatReturnsGoesBeforeAModuleThatHasUsedMore() throws ModuleRefusedException {
    Permits permits = new Permits(1, () -> 0);
    Run back = takers.shortRun(HOUR);
    Run start = takers.shortRun(2 * HOUR);
    permits.wantToStart(start.lane());
    permits.wantsToReturn(back);

    Takers.nobodyIsNext(permits);
    assertTrue(back.holdsPermit);
    permits.takeBack(back, 0);
    Takers.isNext(permits, start);
  }

  @Test
  void guestThatReturnsLetsAModuleStartThatHasUsedLess() throws ModuleRefusedException {
    Permits permits = new Permits(1, () -> 0);
    Run back = takers.shortRun(2 * HOUR);
    Run start = takers.shortRun(HOUR);
    permits.wantsToReturn(back);
    permits.wantToStart(start.lane());

    Takers.isNext(permits, start);
    assertFalse(back.holdsPermit);
    permits.takeBack(start, 0);
    Takers.nobodyIsNext(permits);
    assertTrue(back.holdsPermit);
  }

  @Test
  void guestsReturnAndStartInTheOrderOfTimeUsed() throws ModuleRefusedException {
    Permits permits = new Permits(1, () -> 0);
    Run startFirst = takers.shortRun(HOUR);
    Run backSecond = takers.shortRun(2 * HOUR);
    Run startThird = takers.shortRun(3 * HOUR);
    Run backFourth = takers.shortRun(4 * HOUR);
    permits.wantsToReturn(backFourth);
    permits.wantToStart(startThird.lane());
    permits.wantsToReturn(backSecond);
    permits.wantToStart(startFirst.lane());

    Takers.isNext(permits, startFirst);
    permits.takeBack(startFirst, 0);
    Takers.nobodyIsNext(permits);
    assertTrue(backSecond.holdsPermit);
    permits.takeBack(backSecond, 0);
    Takers.isNext(permits, startThird);
    assertFalse(backFourth.holdsPermit);
    permits.takeBack(startThird, 0);
    Takers.nobodyIsNext(permits);
    assertTrue(backFourth.holdsPermit);
  }

  @Test
  void guestThatReturnsNeedsNoPlaceAmongTheLiving() throws ModuleRefusedException {
    Permits permits = new Permits(1, () -> 0);
    Run back = takers.shortRun(HOUR);
    permits.wantToStart(Takers.lane(0));
    permits.wantsToReturn(back);

    assertNull(permits.firstStart(false));
    assertTrue(back.holdsPermit);
  }

  @Test
  void guestThatLeftWaitsForAPermitToGoOn() throws ModuleRefusedException {
    Permits permits = new Permits(1, () -> 0);
    Run left = takers.shortRun(HOUR);
    Run other = takers.shortRun(HOUR);
    Takers.starts(permits, left);
    permits.takeBack(left, 0);
    assertFalse(left.holdsPermit);
    Takers.starts(permits, other);
    permits.wantsToReturn(left);
    Takers.nobodyIsNext(permits);
    assertFalse(left.holdsPermit);
    assertTrue(permits.someReturn());

    permits.takeBack(other, 0);
    Takers.nobodyIsNext(permits);
    assertTrue(left.holdsPermit);
    assertFalse(permits.someReturn());
  }

  @Test
  void permitThatSomebodyWaitsToGoOnWithIsNotFree() throws ModuleRefusedException {
    Permits permits = new Permits(2, () -> 0);
    Run run = takers.shortRun(0);
    permits.wantsToReturn(run);
    assertEquals(0, permits.free());

    Takers.nobodyIsNext(permits);
    assertEquals(1, permits.free());
  }

  @Test
  void whoSleptHasNoClaimToCatchUp() throws ModuleRefusedException {
    Permits permits = new Permits(1, () -> 0);
    Run waiting = takers.shortRun(HOUR);
    Run busy = takers.shortRun(2 * HOUR);
    Run sleeper = takers.shortRun(0);
    permits.wantToStart(waiting.lane());
    permits.wantsToReturn(busy);
    assertNull(permits.firstStart(false));
    assertTrue(busy.holdsPermit);
    permits.wantsToReturn(sleeper);
    permits.takeBack(busy, 0);

    Takers.isNext(permits, waiting);
    assertFalse(sleeper.holdsPermit);
    permits.takeBack(waiting, 0);
    Takers.nobodyIsNext(permits);
    assertTrue(sleeper.holdsPermit);
  }
}
