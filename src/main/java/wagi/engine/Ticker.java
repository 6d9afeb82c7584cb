package wagi.engine;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that looks at every run's time, for all of them. */
final class Ticker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("wagi.engine");
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int TICKS_PER_CHORE = 100;

  private final Set<Run> runs;
  private final Runnable everyTick;
  private final Runnable chores;
  private final Thread thread = new Thread(this::tick, "guest-ticker");
  private volatile long lookedNanos = System.nanoTime();
  private volatile boolean closed;

  Ticker(Set<Run> runs, Runnable everyTick, Runnable chores) {
    this.runs = runs;
    this.everyTick = everyTick;
    this.chores = chores;
    thread.setDaemon(true);
    thread.start();
  }

  @SuppressWarnings("IllegalCatch") // without it no guest would ever be stopped again
  private void tick() {
    for (int ticks = 1; !closed; ticks++) {
      try {
        if (ticks % TICKS_PER_CHORE == 0) {
          chores.run();
        }
        long now = System.nanoTime();
        for (Run run : runs) {
          run.checkTime(now);
        }
        everyTick.run();
        lookedNanos = now;
      } catch (RuntimeException | Error e) {
        LOG.error("looking at the guests' time failed", e);
      }
      LockSupport.parkNanos(TICK_NANOS);
    }
  }

  boolean lookedSince(long nanos) {
    return lookedNanos - nanos >= 0;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
