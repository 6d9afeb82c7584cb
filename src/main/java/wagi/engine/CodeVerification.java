package wagi.engine;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Defines the classes of cached code while nobody waits for it: the JVM verifies them, which takes
 * most of the time that loading would, and their files' bytes are no longer needed. A guest that
 * comes first defines what it calls itself.
 */
final class CodeVerification implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("wagi.engine");

  /** How long nothing must have been loaded: a start has more to do than to load modules. */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The part of the heap that class files may fill while they wait. */
  private static final int PART_OF_HEAP = 8;

  private final long maxBytes;
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::run, "code-verification");
  private int loading;
  private long loadedAtNanos;
  private long waitingBytes;
  private boolean started;

  private record Waiting(GeneratedCode code, long bytes) {}

  CodeVerification() {
    this(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
  }

  /** Takes the bytes of class files that may wait; beyond them, classes are defined at once. */
  CodeVerification(long maxBytes) {
    this.maxBytes = maxBytes;
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((t, e) -> LOG.warn("cached code is verified no more", e));
  }

  void add(GeneratedCode code, long bytes) {
    synchronized (this) {
      if (waitingBytes + bytes <= maxBytes) {
        waitingBytes += bytes;
        queue.add(new Waiting(code, bytes));
        return;
      }
    }
    code.defineAll();
  }

  /** Begins a time in which somebody waits for modules, and classes are left alone. */
  synchronized void beginLoading() {
    loading++;
  }

  synchronized void endLoading() {
    loading--;
    loadedAtNanos = System.nanoTime();
    notifyAll();
    if (!started && !queue.isEmpty()) {
      started = true;
      thread.start();
    }
  }

  private void run() {
    try {
      while (true) {
        defineNext();
      }
    } catch (InterruptedException e) {
      // closed: what is not defined yet is nobody's any more
    }
  }

  /** A method of its own, so that while it waits this thread holds no module's classes. */
  private void defineNext() throws InterruptedException {
    Waiting next = queue.take();
    define(next.code());
    synchronized (this) {
      waitingBytes -= next.bytes();
    }
  }

  private void define(GeneratedCode code) throws InterruptedException {
    for (String name : code.undefined()) {
      awaitQuiet();
      try {
        code.define(name);
      } catch (LinkageError | IllegalStateException e) {
        LOG.error("cached code cannot be used; delete the code cache and restart", e);
        return;
      }
    }
  }

  private synchronized void awaitQuiet() throws InterruptedException {
    while (true) {
      long left = loadedAtNanos + QUIET_NANOS - System.nanoTime();
      if (loading > 0) {
        wait();
      } else if (left > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } else {
        return;
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
