package wagi.http;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;

/** Watches that a client goes on taking bytes. Guarded by the lock of the answer that owns it. */
final class Progress {
  private final XnioIoThread ioThread;
  private final long timeoutNanos;
  private final Runnable check;
  private long lastNanos;
  private XnioExecutor.@Nullable Key timer;

  /**
   * @param check to be called now and then; asks {@link #isOver}
   */
  Progress(XnioIoThread ioThread, long timeoutNanos, Runnable check) {
    this.ioThread = ioThread;
    this.timeoutNanos = timeoutNanos;
    this.check = check;
  }

  void made() {
    lastNanos = System.nanoTime();
  }

  void watch() {
    if (timer == null) {
      made();
      checkIn(timeoutNanos);
    }
  }

  private void checkIn(long nanos) {
    timer = ioThread.executeAfter(check, nanos / 1_000_000 + 1, TimeUnit.MILLISECONDS);
  }

  /** Whether the time is over; if not, there will be another check. */
  boolean isOver() {
    long left = timeoutNanos - (System.nanoTime() - lastNanos);
    if (left > 0) {
      checkIn(left);
    }
    return left <= 0;
  }

  void stop() {
    if (timer != null) {
      timer.remove();
    }
  }
}
