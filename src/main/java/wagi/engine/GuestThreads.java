package wagi.engine;

import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Threads with a known stack, made when none is idle, gone when idle for long. */
final class GuestThreads implements AutoCloseable {
  /** How deep guest calls may nest; a runaway recursion costs some ten milliseconds to fill it. */
  private static final long STACK_BYTES = 8 << 20;

  private static final long IDLE_SECONDS = 60;

  private final LinkedTransferQueue<Runnable> handover = new LinkedTransferQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicInteger number = new AtomicInteger();
  private final int most;
  private volatile boolean closed;

  GuestThreads(int most) {
    this.most = most;
  }

  void execute(Runnable work) {
    if (handover.tryTransfer(work)) {
      return;
    }
    if (count.incrementAndGet() <= most) {
      start(work);
    } else {
      count.decrementAndGet();
      handover.add(work);
    }
  }

  private void start(Runnable first) {
    Worker worker = new Worker(first);
    Thread thread = new Thread(null, worker, "guest-" + number.incrementAndGet(), STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
  }

  /** What a thread does. It lets go of what it has done: a run holds the code of its module. */
  private final class Worker implements Runnable {
    private @Nullable Runnable next;

    Worker(Runnable first) {
      next = first;
    }

    @Override
    public void run() {
      try {
        while (next != null && !closed) {
          runNext();
          next = handover.poll(IDLE_SECONDS, TimeUnit.SECONDS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        count.decrementAndGet();
      }
    }

    private void runNext() {
      Runnable work = next;
      next = null;
      if (work != null) {
        work.run();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    for (int i = 0; i < most; i++) {
      handover.tryTransfer(() -> {});
    }
  }
}
