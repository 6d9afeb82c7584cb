package wagi.engine;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that does what is left to do for guests whose own threads have become nice. */
final class Conclusions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("wagi.engine");

  private final Scheduler scheduler;
  private final Thread thread = new Thread(this::serve, "guest-conclusions");

  /** As many as guests were in the background. */
  private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();

  Conclusions(Scheduler scheduler) {
    this.scheduler = scheduler;
    thread.setDaemon(true);
    thread.start();
  }

  /** Takes what is left of a run whose thread ends now. */
  void add(Runnable conclusion) {
    queue.add(conclusion);
  }

  @SuppressWarnings("IllegalCatch") // without it no guest in the background would be answered again
  private void serve() {
    try {
      while (true) {
        Runnable conclusion = queue.take();
        try {
          conclusion.run();
        } catch (RuntimeException | Error e) {
          LOG.error("concluding a guest failed", e);
        }
        scheduler.gone();
      }
    } catch (InterruptedException e) {
      // It is closed.
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
