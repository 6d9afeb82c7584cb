package wagi.cli;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a process that has lost one of its threads. What goes on without it only looks like a
 * server, and nobody would start it anew.
 */
final class LostThread implements Thread.UncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger("wagi.cli");

  /** How long requests that need the lost thread for nothing may take to end. */
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);

  private static final AtomicBoolean ANY = new AtomicBoolean();

  /** Returns whether a thread was lost, ever. */
  static boolean any() {
    return ANY.get();
  }

  /** Whatever else is broken, and however little memory there is, this halts the process. */
  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    if (!ANY.compareAndSet(false, true)) {
      LOG.error("thread {} is lost too", thread.getName(), failure);
      return;
    }
    long end = System.nanoTime() + LAST_ANSWERS.toNanos();
    try {
      startExit(thread, failure);
      for (long left = LAST_ANSWERS.toNanos(); left > 0; left = end - System.nanoTime()) {
        var unused = Thread.interrupted();
        LockSupport.parkNanos(left);
      }
    } finally {
      Runtime.getRuntime().halt(ExitCode.UNEXPECTED);
    }
  }

  private static void startExit(Thread lost, Throwable failure) {
    Thread exit = new Thread(() -> exit(lost, failure), "exit");
    exit.setDaemon(true);
    exit.setUncaughtExceptionHandler((t, e) -> Runtime.getRuntime().halt(ExitCode.UNEXPECTED));
    try {
      exit.start();
    } catch (OutOfMemoryError e) {
      exit(lost, failure);
    }
  }

  /** Not on the lost thread, if possible: who reads the log may be slow. */
  private static void exit(Thread lost, Throwable failure) {
    LOG.error(
        "thread {} has ended with a failure, and the server ends because of it",
        lost.getName(),
        failure);
    System.exit(ExitCode.UNEXPECTED);
  }
}
