package wagi.launch;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Stops this JVM as SIGTERM does, once the launcher that started it as a child is gone.
 *
 * <p>It asks who the parent is: an orphan gets another one, so a reused process id cannot deceive.
 */
final class ParentWatch {
  private static final long INTERVAL_MILLIS = 500;
  private static final int TERMINATED = 128 + 15;

  private ParentWatch() {}

  static void start(long parentPid) {
    Thread thread = new Thread(() -> watch(parentPid), "parent-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private static void watch(long parentPid) {
    try {
      while (parentIs(parentPid)) {
        Thread.sleep(INTERVAL_MILLIS);
      }
      if (!Signals.raise("TERM")) {
        System.exit(TERMINATED);
      }
    } catch (InterruptedException | ReflectiveOperationException e) {
      throw new IllegalStateException("the watch over the launcher ended", e);
    }
  }

  private static boolean parentIs(long pid) {
    Optional<ProcessHandle> parent = ProcessHandle.current().parent();
    return parent.isPresent() ? parent.get().pid() == pid : !canLook();
  }

  /** Without a free file descriptor nobody seems to have a parent. */
  private static boolean canLook() {
    try (InputStream self = new FileInputStream("/proc/self/stat")) {
      return self.read() >= 0;
    } catch (IOException e) {
      return false;
    }
  }
}
