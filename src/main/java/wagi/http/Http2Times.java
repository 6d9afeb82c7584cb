package wagi.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wagi.message.Limit;

/** Since when a connection of HTTP/2 waits for what, and for how long it may. */
final class Http2Times {
  private final HttpSettings settings;
  private final long startNanos = System.nanoTime();
  private long frameNanos = System.nanoTime();
  private volatile long idleNanos = System.nanoTime();

  Http2Times(HttpSettings settings) {
    this.settings = settings;
  }

  /** A whole frame has come. On the I/O thread. */
  void frame() {
    frameNanos = System.nanoTime();
  }

  /** A stream has come or gone. Any thread. */
  void counted() {
    idleNanos = System.nanoTime();
  }

  /** Returns how often to look. */
  long tickMillis() {
    long least =
        Math.min(
            Math.min(settings.headerTimeout().toMillis(), settings.keepAlive().toMillis()),
            Math.min(settings.writeTimeout().toMillis(), settings.bodyTimeout().toMillis()));
    return Math.clamp(least / 4, 20, 5_000);
  }

  /**
   * Returns which of its times the client has let pass, or null. On the I/O thread.
   *
   * @param partOfFrame whether a frame has begun to come
   */
  @Nullable Limit reached(Http2Receiver receiver, Http2Output output, boolean partOfFrame) {
    if (output.stalledNanos() > settings.writeTimeout().toNanos()) {
      return Limit.WRITE_TIMEOUT;
    }
    if (partOfFrame && isOver(frameNanos, settings.bodyTimeout())) {
      return Limit.BODY_TIMEOUT;
    }
    boolean silent = !receiver.settled() && isOver(startNanos, settings.headerTimeout());
    return silent || (receiver.inBlock() && isOver(receiver.blockNanos(), settings.headerTimeout()))
        ? Limit.HEADER_TIMEOUT
        : null;
  }

  /** Whether there has been no stream for longer than a connection is kept. */
  boolean idleTooLong(Http2Receiver receiver) {
    return receiver.isIdle() && isOver(idleNanos, settings.keepAlive());
  }

  private static boolean isOver(long since, Duration timeout) {
    return System.nanoTime() - since > timeout.toNanos();
  }
}
