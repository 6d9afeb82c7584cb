package wagi.engine;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One module's place among all that want to run. Everything belongs to the scheduler's lock. */
final class Lane {
  /** Of the guests in the background, those of one module. */
  static final int BACKGROUND_MAX = Places.BACKGROUND_MAX / 2;

  /** How many times the free places one module may have taken. */
  private static final int SHARE_OF_FREE = 4;

  /** Guests that compute longer than this make others wait. */
  private static final long LENGTHY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** What the last guest counts in the usual one. */
  private static final int PART_OF_LAST = 8;

  /** When so many wait for memory, others start first when one has it. */
  private static final int GROWING_MAX = 2;

  /** As if all had failed lately. */
  private static final int ALL = 1 << 10;

  private final int queue;
  private final int concurrency;

  /** Those that want to start. */
  final ArrayDeque<Run> waiting = new ArrayDeque<>();

  /** Those that have waited for something else and want to go on. */
  final ArrayDeque<Run> returning = new ArrayDeque<>();

  int alive;

  /** Of these, those that wait for memory. */
  int growing;

  int background;

  /** Stands among those whose turn comes. */
  boolean listed;

  /** Stands among those of whom one returns when their turn comes. */
  boolean returnListed;

  /**
   * How long its guests have computed with permits; never less than those had who came before it.
   */
  private long usedNanos;

  /** The same of the time in which it was rationed. */
  private long rationedNanos;

  private long usualNanos;

  /** How many have failed lately, of {@link #ALL}; the last counts as in the usual time. */
  private int failed;

  Lane(Limits limits) {
    queue = limits.queue();
    concurrency = limits.concurrency();
  }

  /** Returns whether one more may wait, when so many could start at once. */
  boolean hasRoom(int startable) {
    return waiting.size() - Math.min(startable, Math.max(0, concurrency - alive)) < queue;
  }

  long usedNanos(Standing standing) {
    return standing == Standing.FAILING ? rationedNanos : usedNanos;
  }

  /** Who has not wanted anything for a while has no claim to what others had meanwhile. */
  void forgoes(long othersUsed, long othersRationed) {
    usedNanos = Math.max(usedNanos, othersUsed);
    rationedNanos = Math.max(rationedNanos, othersRationed);
  }

  /** Counts the time that a guest has computed with a permit, taken as one of this standing. */
  void used(Standing standing, long nanos) {
    if (standing == Standing.FAILING) {
      rationedNanos += nanos;
    } else {
      usedNanos += nanos;
    }
    usualNanos += (nanos - usualNanos) / PART_OF_LAST;
  }

  /** Counts a guest that has ended. */
  void ended(boolean inFailure) {
    failed += ((inFailure ? ALL : 0) - failed) / PART_OF_LAST;
  }

  /** Returns whether those who start would only wait for memory with others of its guests. */
  boolean grows() {
    return growing >= GROWING_MAX;
  }

  Standing standing() {
    if (failed > ALL / 2) {
      return Standing.FAILING;
    }
    return usualNanos > LENGTHY_NANOS ? Standing.LENGTHY : Standing.QUICK;
  }

  /** Returns whether somebody has waited from this time on. */
  boolean waitsSince(long nanos) {
    Run first = waiting.peekFirst();
    return first != null && first.submittedBefore(nanos);
  }

  /**
   * Returns what keeps one more from starting, or null. The fewer places are left, the less of them
   * one module may have, so that there is always one for a module that has none.
   */
  @Nullable Bound bound(int freePlaces, int allBackground) {
    if (alive >= concurrency) {
      return Bound.CONCURRENCY;
    }
    if (alive >= (long) SHARE_OF_FREE * freePlaces) {
      return Bound.GUESTS;
    }
    return background == 0 || hasRoomInBackground(allBackground) ? null : Bound.BACKGROUND;
  }

  /** Whoever computes long already must have a place in the background for each that follows. */
  private boolean hasRoomInBackground(int allBackground) {
    return alive < BACKGROUND_MAX && allBackground < Places.BACKGROUND_MAX;
  }
}
