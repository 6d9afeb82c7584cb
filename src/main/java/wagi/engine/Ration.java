package wagi.engine;

import java.util.concurrent.TimeUnit;

/**
 * What the modules whose guests fail may compute as long as the others do: a part of all
 * processors, for all of them together. Belongs to the scheduler's lock.
 */
final class Ration {
  private static final long PART = 10;

  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Others who use less than this in a window are not in the way of anybody. */
  private static final long OTHERS_NANOS = WINDOW_NANOS / 10;

  /** What is not used is kept for this long a burst. */
  private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** More than this need not be made up for: it was used by one guest, and others pay too. */
  private static final long LEAST_NANOS = -TimeUnit.MILLISECONDS.toNanos(100);

  private final int processors;
  private long leftNanos = MOST_NANOS;
  private long countedNanos;
  private long windowNanos;
  private long othersNanos;
  private boolean othersLately;

  Ration(int processors, long nowNanos) {
    this.processors = processors;
    countedNanos = nowNanos;
    windowNanos = nowNanos;
  }

  /** Returns whether they may compute now, whoever else wants to. */
  boolean isLeft(long nowNanos) {
    lookAtOthers(nowNanos);
    long more = (nowNanos - countedNanos) * processors / PART;
    leftNanos = Math.min(leftNanos + more, MOST_NANOS);
    countedNanos = nowNanos;
    return leftNanos > 0;
  }

  /** Returns whether others have computed lately, so that more than the ration is too much. */
  boolean applies() {
    return othersLately || othersNanos >= OTHERS_NANOS;
  }

  private void lookAtOthers(long nowNanos) {
    long windows = (nowNanos - windowNanos) / WINDOW_NANOS;
    if (windows > 0) {
      othersLately = windows == 1 && othersNanos >= OTHERS_NANOS;
      othersNanos = 0;
      windowNanos += windows * WINDOW_NANOS;
    }
  }

  /** Tells what a guest has computed. */
  void used(boolean failing, long nanos, long nowNanos) {
    lookAtOthers(nowNanos);
    if (failing) {
      leftNanos = Math.max(leftNanos - nanos, LEAST_NANOS);
    } else {
      othersNanos += nanos;
    }
  }
}
