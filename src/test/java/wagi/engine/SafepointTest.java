package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * No guest keeps the JVM from stopping all threads, as it does for a collection: that would stop
 * the server, and with it the thread that watches the deadline.
 */
final class SafepointTest {
  private static final Guests GUESTS = new Guests();
  private static final long LONG_MILLIS = 100;
  private static final long PAUSE_NANOS = 5_000_000;

  /** Code that was interrupted once is compiled anew, and not as before. */
  private static final int RUNS = 6;

  @AfterAll
  static void close() {
    GUESTS.close();
  }

  @Test
  void jvmStopsWhileAGuestCounts(TestReporter report) throws Exception {
    GuestModule module = GUESTS.load("count");
    long longest = 0;
    for (int run = 0; run < RUNS; run++) {
      longest = Math.max(longest, longestStop(module));
    }
    report.publishEntry("the JVM stopped within " + longest + " ms");
    assertTrue(longest <= LONG_MILLIS, "stopped for " + longest + " ms");
  }

  private static long longestStop(GuestModule module) throws Exception {
    CompletableFuture<Outcome> outcome =
        CompletableFuture.supplyAsync(
            () -> GUESTS.run(module, Guests.invocation("_start", "")).outcome());
    long longest = 0;
    while (!outcome.isDone()) {
      LockSupport.parkNanos(PAUSE_NANOS);
      long start = System.nanoTime();
      ManagementFactory.getThreadMXBean().dumpAllThreads(false, false, 0);
      longest = Math.max(longest, (System.nanoTime() - start) / 1_000_000);
    }
    assertEquals(new Outcome.Exited(0), outcome.get());
    return longest;
  }
}
