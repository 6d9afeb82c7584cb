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

  /** How many times the time of a guest that fails counts. */
  private static final long FAILURE_WEIGHT = 4;

  private final int queue;
  private final int concurrency;

  /** Those that want to start. */
  final ArrayDeque<Run> waiting = new ArrayDeque<>();

  /** Those that have waited for something else and want to go on. */
  final ArrayDeque<Run> returning = new ArrayDeque<>();

  int alive;
  int background;

  /** Stands among those whose turn comes. */
  boolean listed;

  /**
   * How long its guests have computed with permits; never less than those had who came before it.
   */
  long usedNanos;

  private long usualNanos;

  Lane(Limits limits) {
    queue = limits.queue();
    concurrency = limits.concurrency();
  }

  /** Returns whether one more may wait, when so many could start at once. */
  boolean hasRoom(int startable) {
    return waiting.size() - Math.min(startable, Math.max(0, concurrency - alive)) < queue;
  }

  /** Counts the time that a guest has computed with a permit. */
  void used(long nanos) {
    usedNanos += nanos;
    usualNanos += (nanos - usualNanos) / PART_OF_LAST;
  }

  /** Counts the time of a guest that failed once more, so that who answers is before who fails. */
  void wasted(long nanos) {
    usedNanos += (FAILURE_WEIGHT - 1) * nanos;
  }

  /** Returns whether its guests usually compute long. */
  boolean isLengthy() {
    return usualNanos > LENGTHY_NANOS;
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
