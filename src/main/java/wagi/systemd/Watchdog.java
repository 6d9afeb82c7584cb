package wagi.systemd;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that the server lives, twice in each period, and says nothing while it does not. Then it
 * asks again and again: one slow answer is no reason to be killed.
 */
final class Watchdog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("wagi.systemd");
  private static final int PATIENCE_PARTS = 4;
  private static final int RETRY_PARTS = 20;

  private final Duration period;
  private final Probe probe;
  private final Runnable lives;
  private final Thread thread = new Thread(this::watch, "watchdog");
  private volatile boolean closed;

  Watchdog(Duration period, Probe probe, Runnable lives) {
    this.period = period;
    this.probe = probe;
    this.lives = lives;
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    String known = null;
    while (!closed) {
      String problem = probe.problem(period.dividedBy(PATIENCE_PARTS));
      if (closed) {
        return;
      }
      tell(known, problem);
      known = problem;
      if (problem == null) {
        lives.run();
        LockSupport.parkNanos(period.dividedBy(2).toNanos());
      } else {
        LockSupport.parkNanos(period.dividedBy(RETRY_PARTS).toNanos());
      }
    }
  }

  private void tell(@Nullable String before, @Nullable String now) {
    if (before == null && now != null) {
      LOG.error("{}; unless that changes systemd ends the server in {} ms", now, period.toMillis());
    } else if (before != null && now == null) {
      LOG.warn("the server serves again");
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
