package wagi.observe;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes lines on a thread of its own, so that a reader who is slow to take them delays nobody.
 * What does not fit into the buffer is dropped and counted: an access log is not worth a stalled
 * server.
 */
final class LineWriter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger("wagi.observe");

  private static final long GATHER_MILLIS = 5;

  private final OutputStream out;
  private final int maxBufferedBytes;
  private final Duration closeTimeout;
  private final Thread thread;

  /** Guarded by this, with the fields below: bytes that the thread has not taken yet. */
  private byte[] buffer = new byte[8 * 1024];

  private int used;
  private long dropped;
  private long reported;
  private boolean closed;

  /** The thread waits for a line; else it looks soon by itself. */
  private boolean idle;

  LineWriter(String threadName, OutputStream out, int maxBufferedBytes, Duration closeTimeout) {
    this.out = out;
    this.maxBufferedBytes = maxBufferedBytes;
    this.closeTimeout = closeTimeout;
    this.thread = Thread.ofPlatform().name(threadName).daemon().unstarted(this::run);
    thread.start();
  }

  /** Queues the line, or drops it when the buffer is full. */
  void write(byte[] line) {
    boolean firstDropped;
    synchronized (this) {
      if (!closed && line.length <= maxBufferedBytes - used) {
        append(line);
        if (idle) {
          notifyAll();
        }
        return;
      }
      firstDropped = dropped++ == reported && !closed;
    }
    if (firstDropped) {
      log.warn("access log: its reader is slow, lines are being dropped");
    }
  }

  /** Returns how many lines were dropped since the start. */
  synchronized long dropped() {
    return dropped;
  }

  /** Writes what is queued; gives up after the timeout, when the reader takes nothing any more. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      if (!thread.join(closeTimeout)) {
        log.warn("access log: its reader takes nothing, the last lines are lost");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void append(byte[] line) {
    if (used + line.length > buffer.length) {
      int wanted = Math.max(used + line.length, 2 * buffer.length);
      buffer = Arrays.copyOf(buffer, Math.min(maxBufferedBytes, wanted));
    }
    System.arraycopy(line, 0, buffer, used, line.length);
    used += line.length;
  }

  private void run() {
    byte[] empty = new byte[8 * 1024];
    try {
      while (awaitLines()) {
        byte[] lines;
        int length;
        synchronized (this) {
          lines = buffer;
          length = used;
          buffer = empty;
          used = 0;
        }
        out.write(lines, 0, length);
        out.flush();
        empty = lines;
        reportDropped();
        // Waking for each line costs more than the line.
        Thread.sleep(GATHER_MILLIS);
      }
    } catch (IOException e) {
      synchronized (this) {
        closed = true;
      }
      log.warn("access log: writing failed, it ends here: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether there is something to write, or the writer was closed and all is written. */
  private synchronized boolean awaitLines() throws InterruptedException {
    idle = true;
    while (used == 0 && !closed) {
      wait();
    }
    idle = false;
    return used > 0;
  }

  private void reportDropped() {
    long count;
    synchronized (this) {
      count = dropped - reported;
      reported = dropped;
    }
    if (count > 0) {
      log.warn("access log: {} lines were dropped because its reader was slow", count);
    }
  }
}
