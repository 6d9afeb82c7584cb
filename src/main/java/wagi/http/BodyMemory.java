package wagi.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of the heap request bodies may take, all of them together, while they are read and until
 * their exchange ends. Clients choose how many there are at once.
 */
final class BodyMemory {
  static final String FULL = "request bodies have an eighth of the heap, the most; -Xmx raises it";
  private static final int PART_OF_HEAP = 8;

  private final long bytesMax;
  private final AtomicLong bytes = new AtomicLong();

  BodyMemory(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  static BodyMemory ofHeap() {
    return new BodyMemory(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
  }

  private boolean take(long count, long most) {
    if (bytes.addAndGet(count) <= most) {
      return true;
    }
    bytes.addAndGet(-count);
    return false;
  }

  long bytes() {
    return bytes.get();
  }

  /** What one body has taken. */
  final class Share {
    private long taken;
    private boolean closed;

    /** Takes what reading cannot begin without. */
    synchronized boolean begin(long count) {
      return keep(count, bytesMax);
    }

    /** Takes more, which could lie on disk as well: half of all is left to those who begin. */
    synchronized boolean grow(long count) {
      return keep(count, bytesMax / 2);
    }

    private boolean keep(long count, long most) {
      if (closed || !take(count, most)) {
        return false;
      }
      taken += count;
      return true;
    }

    /** Gives back all but this. */
    synchronized void shrinkTo(long rest) {
      if (rest < taken) {
        bytes.addAndGet(rest - taken);
        taken = rest;
      }
    }

    /** Gives all back and takes nothing more. */
    synchronized void close() {
      closed = true;
      shrinkTo(0);
    }
  }
}
