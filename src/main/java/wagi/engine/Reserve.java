package wagi.engine;

import java.util.concurrent.TimeUnit;

/**
 * How many permits are kept for short guests: as many processors as they have used lately. Without
 * them all are there for those who compute long. Belongs to the scheduler's lock.
 */
final class Reserve {
  private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** So much of a processor is used without one being kept: a whole one is dear for that. */
  private static final double UNKEPT = 0.1;

  private final int max;
  private int kept;
  private long sinceNanos;
  private long usedNanos;

  /** Begins with none. */
  Reserve(int max, long nowNanos) {
    this.max = max;
    sinceNanos = nowNanos;
  }

  int kept() {
    return kept;
  }

  /**
   * Tells that a guest has computed.
   *
   * @param shortNanos how long, if it was a short one; otherwise 0
   */
  void used(long shortNanos, long nowNanos) {
    usedNanos += shortNanos;
    long window = nowNanos - sinceNanos;
    if (window >= WINDOW_NANOS) {
      double processors = (double) usedNanos / window;
      kept = Math.min(max, (int) Math.ceil(processors - UNKEPT));
      sinceNanos = nowNanos;
      usedNanos = 0;
    }
  }
}
