package wagi.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs guests on a stack of known size, sleeps when there is none, ends when it slept long. */
final class GuestThread {
  private static final Logger LOG = LoggerFactory.getLogger("wagi.engine");

  /**
   * How deep guest calls may nest. When one that ran away ends, the JVM unwinds all of it at one
   * go, and whenever it collects meanwhile, it reads all of it: the others wait.
   */
  private static final long STACK_BYTES = 2 << 20;

  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Scheduler scheduler;
  private final Thread thread;
  private boolean started;

  /** What this thread had computed when its last guest ended; the next guest's begins there. */
  private long processorNanos;

  private volatile boolean woken;

  GuestThread(Scheduler scheduler, int number) {
    this.scheduler = scheduler;
    thread = new Thread(null, this::serve, "guest-" + number, STACK_BYTES);
    thread.setDaemon(true);
  }

  /** Makes it look for work; only who took it from the idle ones, or made it, may. */
  boolean wake() {
    woken = true;
    if (started) {
      LockSupport.unpark(thread);
      return true;
    }
    started = true;
    try {
      thread.start();
      return true;
    } catch (OutOfMemoryError e) {
      LOG.error("the system has no thread for one more guest", e);
      return false;
    }
  }

  private void serve() {
    Run run = awaited();
    while (run != null) {
      run.chargedNanos = processorNanos;
      end(run);
      processorNanos = run.chargedNanos;
      if (run.background) {
        return; // the thread's niceness cannot be taken back
      }
      run = scheduler.next(this, false);
      if (run == null) {
        run = awaited();
      }
    }
    scheduler.gone();
  }

  @SuppressWarnings("IllegalCatch") // others wait for this thread to ask who is next
  private static void end(Run run) {
    try {
      run.run();
    } catch (RuntimeException e) {
      LOG.error("answering for a guest failed", e);
    }
  }

  /** Sleeps until there is a run; null when it has slept long enough to end. */
  private @Nullable Run awaited() {
    long since = System.nanoTime();
    while (true) {
      if (woken) {
        woken = false;
        Run run = scheduler.next(this, true);
        if (run != null) {
          return run;
        }
        since = System.nanoTime();
      }
      if (scheduler.closed()) {
        return null;
      }
      LockSupport.parkNanos(this, IDLE_NANOS);
      if (!woken && System.nanoTime() - since >= IDLE_NANOS && scheduler.retire(this)) {
        return null;
      }
    }
  }
}
