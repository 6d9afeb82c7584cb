package wagi.engine;

import java.util.concurrent.locks.Condition;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who may compute, and who is next. As many permits as short guests have used lately are kept from
 * those modules whose guests usually compute long, and one short guest computes at any time, beyond
 * the permits if it must. Everything belongs to the scheduler's lock.
 */
final class Permits {
  private final int count;
  private final LongSupplier clock;
  private final Reserve reserve;
  private final Turns starts = new Turns();

  /** Guests that waited and want to compute again. */
  private final Turns returns = new Turns();

  /** Held by guests of modules whose guests are usually short. */
  private int quick;

  /** Held by the others. */
  private int lengthy;

  /** Time that the module has used whose turn came last. */
  private long usedNanos;

  Permits(int count, LongSupplier clock) {
    this.count = count;
    this.clock = clock;
    reserve = new Reserve(count - 1, clock.getAsLong());
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
    return returns.isEmpty() ? Math.max(0, unheld()) : 0;
  }

  private int unheld() {
    return count - quick - lengthy;
  }

  /** A short guest need not wait for a long one, even if the system must let them take turns. */
  private boolean quickMay() {
    return unheld() > 0 || quick == 0;
  }

  private boolean lengthyMay() {
    return unheld() > 0 && lengthy < count - reserve.kept();
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
    while (true) {
      Turns.Turn start = placeForOne ? starts.first(quickMay(), lengthyMay()) : null;
      Turns.Turn back = returns.first(quickMay(), lengthyMay());
      if (back == null || (start != null && start.compareTo(back) <= 0)) {
        return start;
      }
      goOn(back);
    }
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
    run.holdsPermit = true;
    run.lengthy = turn.lengthy();
    if (run.lengthy) {
      lengthy++;
    } else {
      quick++;
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
    long used = processorNanos - run.chargedNanos;
    run.lane().used(used);
    run.usedNanos += used;
    run.chargedNanos = processorNanos;
    if (run.lengthy) {
      lengthy--;
    } else {
      quick--;
    }
    reserve.used(run.lengthy ? 0 : used, clock.getAsLong());
  }
}
