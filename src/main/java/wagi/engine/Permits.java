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
    add(starts, lane);
  }

  /** However many of a module return, it has one turn at a time. */
  void wantsToReturn(Run run) {
    Lane lane = run.lane();
    lane.returning.addLast(run);
    if (lane.returning.size() == 1) {
      add(returns, lane);
    }
  }

  /** Who has not wanted anything for a while has no claim to catch up. */
  private void add(Turns turns, Lane lane) {
    lane.usedNanos = Math.max(lane.usedNanos, usedNanos);
    turns.add(lane);
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
      goOn(back);
    }
    return null;
  }

  private void goOn(Turns.Turn turn) {
    returns.removeFirst(turn);
    Lane lane = turn.lane();
    Run run = lane.returning.removeFirst();
    give(run, turn);
    if (!lane.returning.isEmpty()) {
      add(returns, lane);
    }
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
  }

  /**
   * Ends the use of a permit, if the run has one.
   *
   * @param processorNanos what the run's thread has computed until now
   */
  void takeBack(Run run, long processorNanos) {
    if (!run.holdsPermit) {
      return;
    }
    run.holdsPermit = false;
    free++;
    run.lane().used(processorNanos - run.chargedNanos);
    run.chargedNanos = processorNanos;
    if (run.lengthy) {
      run.lengthy = false;
      lengthy--;
    }
  }
}
