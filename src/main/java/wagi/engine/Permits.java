package wagi.engine;

import java.util.concurrent.locks.Condition;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who may compute, and who is next. As many permits as short guests have used lately are kept from
 * those modules whose guests usually compute long. As many short guests, and one more, compute at
 * any time, beyond the permits if they must: one that the system lets wait does not stand before
 * the others. Modules whose guests fail are rationed. Everything belongs to the scheduler's lock.
 */
final class Permits {
  private final int count;
  private final LongSupplier clock;
  private final Reserve reserve;
  private final Ration ration;
  private final Turns starts = new Turns();

  /** Guests that waited and want to compute again. */
  private final Turns returns = new Turns();

  /** Held by guests of modules whose guests are usually short. */
  private int quick;

  /** Held by all others. */
  private int lengthy;

  /** Time that the module has used whose turn came last. */
  private long usedNanos;

  /** The same of the modules that are rationed, which would never catch up with the others. */
  private long rationedNanos;

  Permits(int count, LongSupplier clock) {
    this.count = count;
    this.clock = clock;
    reserve = new Reserve(count - 1, clock.getAsLong());
    ration = new Ration(count, clock.getAsLong());
  }

  void wantToStart(Lane lane) {
    add(starts, lane);
  }

  /** However many of a module return, it has one turn at a time. */
  void wantsToReturn(Run run) {
    Lane lane = run.lane();
    lane.returning.addLast(run);
    listReturn(lane);
  }

  private void listReturn(Lane lane) {
    if (!lane.returnListed) {
      lane.returnListed = true;
      add(returns, lane);
    }
  }

  private void add(Turns turns, Lane lane) {
    lane.forgoes(usedNanos, rationedNanos);
    turns.add(lane);
  }

  /** Returns how many could start if nobody returned. */
  int free() {
    return returns.isEmpty() ? Math.max(0, unheld()) : 0;
  }

  private int unheld() {
    return count - quick - lengthy;
  }

  private boolean failingMay(Standing standing) {
    return standing == Standing.FAILING && lengthyMay();
  }

  private boolean otherMay(Standing standing) {
    return switch (standing) {
      case QUICK -> unheld() > 0 || quick <= reserve.kept();
      case LENGTHY -> lengthyMay();
      case FAILING -> false;
    };
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
      Turns.Turn first = first(placeForOne);
      if (first == null || starts.has(first)) {
        return first;
      }
      goOn(first);
    }
  }

  /** Within their ration those who fail are before the others, beyond it they are the last. */
  private Turns.@Nullable Turn first(boolean placeForOne) {
    Turns.Turn failing = first(placeForOne, this::failingMay);
    if (failing != null && ration.isLeft(clock.getAsLong())) {
      return failing;
    }
    Turns.Turn other = first(placeForOne, this::otherMay);
    return other == null && failing != null && !ration.applies() ? failing : other;
  }

  private Turns.@Nullable Turn first(boolean placeForOne, Predicate<Standing> mayCome) {
    Turns.Turn start = placeForOne ? starts.first(mayCome) : null;
    Turns.Turn back = returns.first(mayCome);
    return back == null || (start != null && start.compareTo(back) <= 0) ? start : back;
  }

  private void goOn(Turns.Turn turn) {
    returns.removeFirst(turn);
    Lane lane = turn.lane();
    lane.returnListed = false;
    Run run = lane.returning.pollFirst();
    if (run == null) {
      return; // it ended instead
    }
    give(run, turn);
    if (!lane.returning.isEmpty()) {
      listReturn(lane);
    }
    Condition waits = run.returning;
    if (waits != null) {
      waits.signal();
    }
  }

  /** The run waits no longer to go on. */
  void returnsNot(Run run) {
    run.lane().returning.remove(run);
  }

  /** Takes the turn from those that wait. */
  Lane take(Turns.Turn start) {
    starts.removeFirst(start);
    return start.lane();
  }

  void give(Run run, Turns.Turn turn) {
    run.holdsPermit = true;
    run.standing = turn.standing();
    if (run.standing == Standing.QUICK) {
      quick++;
    } else {
      lengthy++;
    }
    if (run.standing == Standing.FAILING) {
      rationedNanos = Math.max(rationedNanos, turn.used());
    } else {
      usedNanos = Math.max(usedNanos, turn.used());
    }
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
    run.lane().used(run.standing, used);
    run.chargedNanos = processorNanos;
    boolean isQuick = run.standing == Standing.QUICK;
    if (isQuick) {
      quick--;
    } else {
      lengthy--;
    }
    long now = clock.getAsLong();
    reserve.used(isQuick ? used : 0, now);
    ration.used(run.standing == Standing.FAILING, used, now);
  }
}
