package wagi.server;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread does, not longer than is reasonable. */
public final class Await {
  private static final Duration LONGEST = Duration.ofSeconds(15);

  private Await() {}

  public static void until(String what, BooleanSupplier holds) {
    long start = System.nanoTime();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - start > LONGEST.toNanos()) {
        throw new AssertionError("waited in vain until " + what);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}
