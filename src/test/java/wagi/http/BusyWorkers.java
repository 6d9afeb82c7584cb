package wagi.http;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.xnio.Options;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import wagi.message.Handler;
import wagi.message.Request;
import wagi.message.Responder;

/**
 * Takes bodies of any length and keeps those who write them to disk busy, so that none is read
 * beyond what fits into memory.
 */
final class BusyWorkers implements Handler {
  private final AtomicBoolean busy = new AtomicBoolean();
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile @Nullable XnioWorker worker;

  @Override
  public long bodyLimit(Request head) {
    if (busy.compareAndSet(false, true)) {
      XnioWorker found = ((XnioIoThread) Thread.currentThread()).getWorker();
      worker = found;
      await(occupy(found, end));
    }
    return Long.MAX_VALUE;
  }

  /** Gives every worker something to wait for; returns when to expect that all do. */
  private static CountDownLatch occupy(XnioWorker worker, CountDownLatch end) {
    CountDownLatch begun = new CountDownLatch(workers(worker));
    for (long i = begun.getCount(); i > 0; i--) {
      worker.execute(
          () -> {
            begun.countDown();
            await(end);
          });
    }
    return begun;
  }

  private static int workers(XnioWorker worker) {
    try {
      Integer count = worker.getOption(Options.WORKER_TASK_MAX_THREADS);
      assertNotNull(count);
      return count;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void handle(Request request, Responder responder) {
    new Echo(0).handle(request, responder);
  }

  /** Lets them do what they were asked meanwhile. */
  void release() {
    end.countDown();
    XnioWorker released = worker;
    if (released != null) {
      CountDownLatch done = new CountDownLatch(1);
      await(occupy(released, done));
      done.countDown();
    }
  }
}
