package wagi.engine;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Defines the classes of cached code while nobody waits for it: the JVM verifies them, which takes
 * most of the time that loading would, and their files' bytes are no longer needed. A guest that
 * comes first defines what it calls itself.
 */
final class CodeVerification implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("wagi.engine");

  private final BlockingQueue<GeneratedCode> queue = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::run, "code-verification");
  private int loading;
  private boolean started;

  CodeVerification() {
    thread.setDaemon(true);
  }

  void add(GeneratedCode code) {
    queue.add(code);
  }

  /** Begins a time in which somebody waits for modules, and classes are left alone. */
  synchronized void beginLoading() {
    loading++;
  }

  synchronized void endLoading() {
    loading--;
    notifyAll();
    if (!started && !queue.isEmpty()) {
      started = true;
      thread.start();
    }
  }

  private void run() {
    try {
      while (true) {
        define(queue.take());
      }
    } catch (InterruptedException e) {
      // closed: what is not defined yet is nobody's any more
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
    if (thread.isInterrupted()) {
      throw new InterruptedException();
    }
    while (loading > 0) {
      wait();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
