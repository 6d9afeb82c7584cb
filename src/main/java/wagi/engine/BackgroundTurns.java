package wagi.engine;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Turns to compute in the background, one for each processor, a while each.
 *
 * <p>The JVM stops for its collector when every thread that computes has noticed, and one that the
 * operating system lets wait notices late. So those in the background wait here instead, where the
 * JVM need not wait for them.
 */
final class BackgroundTurns {
  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Semaphore turns;

  BackgroundTurns(int count) {
    turns = new Semaphore(count, true);
  }

  /** One guest's turn; belongs to its thread. */
  final class Turn {
    private boolean taken;
    private long takenNanos;

    /** Takes a turn, or lets the next have this one when it has lasted long. */
    void goOn() {
      if (taken && System.nanoTime() - takenNanos < TURN_NANOS) {
        return;
      }
      if (taken && !turns.hasQueuedThreads()) {
        takenNanos = System.nanoTime();
        return;
      }
      end();
      begin();
    }

    /** Waits for a turn, unless the guest is to end, which it sees itself. */
    void begin() {
      try {
        turns.acquire();
        taken = true;
        takenNanos = System.nanoTime();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void end() {
      if (taken) {
        taken = false;
        turns.release();
      }
    }
  }
}
