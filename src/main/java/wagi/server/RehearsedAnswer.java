package wagi.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import wagi.message.Headers;
import wagi.message.Pause;
import wagi.message.Responder;

/** Keeps an answer's status, not its body. */
final class RehearsedAnswer implements Responder {
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile int status;
  private volatile boolean aborted;
  private volatile @Nullable Runnable onGone;

  @Override
  public void answer(int answered, Headers headers, byte[] body) {
    status = answered;
    ended.countDown();
  }

  @Override
  public void begin(int begun, Headers headers) {
    status = begun;
  }

  @Override
  public void write(byte[] bytes, int offset, int length, Pause pause) {
    // nobody reads it
  }

  @Override
  public void end() {
    ended.countDown();
  }

  @Override
  public void abort() {
    aborted = true;
    ended.countDown();
  }

  @Override
  public void onClientGone(Runnable action) {
    onGone = action;
  }

  /** Waits for the end; a guest that takes longer is stopped. Says in words how it went. */
  String await(Duration atMost) {
    boolean inTime = false;
    try {
      inTime = ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!inTime) {
      Runnable stop = onGone;
      if (stop != null) {
        stop.run();
      }
      return "was not answered within " + atMost.toSeconds() + " s";
    }
    return aborted ? "was broken off" : "was answered " + status;
  }

  boolean has(int wanted) {
    return ended.getCount() == 0 && !aborted && status == wanted;
  }
}
