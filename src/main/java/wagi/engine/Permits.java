package wagi.engine;

import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * Who may compute, and who is next. Modules whose guests usually compute long get no more than half
 * of the permits, so that there is soon one for short guests. Everything belongs to the scheduler's
 * lock.
 */
final class Permits {
  private final int lengthyMax;
  private final Turns starts = new Turns();

  /** Guests that waited and want to compute again. */
  private final Turns returns = new Turns();

  private int free;
  private int lengthy;

  /** Time that the module has used whose turn came last. */
  private long usedNanos;

  Permits(int count) {
    free = count;
    lengthyMax = (count + 1) / 2;
  }

  void wantToStart(Lane lane) {
    add(starts, lane, null);
  }

  void wantsToReturn(Run run) {
    add(returns, run.lane(), run);
  }

  /** Who has not wanted anything for a while has no claim to catch up. */
  private void add(Turns turns, Lane lane, @Nullable Run returning) {
    lane.usedNanos = Math.max(lane.usedNanos, usedNanos);
    turns.add(lane, returning);
  }

  /** Returns how many could start if nobody returned. */
  int free() {
    return returns.isEmpty() ? free : 0;
  }

  boolean someReturn() {
    return !returns.isEmpty();
  }

  /**
   * Gives permits to those who return and are next.
   *
   * @return the turn to start a guest that comes then, or null if none may start now
   */
  Turns.@Nullable Turn firstStart(boolean placeForOne) {
    while (free > 0) {
      boolean lengthyToo = lengthy < lengthyMax;
      Turns.Turn start = placeForOne ? starts.first(lengthyToo) : null;
      Turns.Turn back = returns.first(lengthyToo);
      if (back == null || (start != null && start.compareTo(back) <= 0)) {
        return start;
      }
      returns.removeFirst(back);
      if (back.returning() != null) {
        goOn(back.returning(), back);
      }
    }
    return null;
  }

  private void goOn(Run run, Turns.Turn turn) {
    give(run, turn);
    Condition waits = run.returning;
    if (waits != null) {
      waits.signal();
    }
  }

  /** Takes the turn from those that wait. */
  Lane take(Turns.Turn start) {
    starts.removeFirst(start);
    return start.lane();
  }

  void give(Run run, Turns.Turn turn) {
    free--;
    run.holdsPermit = true;
    run.lengthy = turn.lengthy();
    if (run.lengthy) {
      lengthy++;
    }
    usedNanos = Math.max(usedNanos, turn.used());
    run.permitNanos = System.nanoTime();
  }

  void takeBack(Run run) {
    if (!run.holdsPermit) {
      return;
    }
    run.holdsPermit = false;
    free++;
    run.lane().used(System.nanoTime() - run.permitNanos);
    if (run.lengthy) {
      run.lengthy = false;
      lengthy--;
    }
  }
}
