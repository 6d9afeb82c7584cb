package wagi.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds a guest back until the client has taken what waits for it. Guarded by the lock of the
 * answer that owns it, which is released while the guest waits.
 */
final class Holdback {
  private final ReentrantLock lock;
  private final Exchange exchange;
  private final Outgoing outgoing;
  private final Condition changed;
  private boolean waiting;
  private boolean broken;

  Holdback(ReentrantLock lock, Exchange exchange, Outgoing outgoing) {
    this.lock = lock;
    this.exchange = exchange;
    this.outgoing = outgoing;
    this.changed = lock.newCondition();
  }

  /** Sends all; the client has the whole time again after each byte it takes. */
  void sendAll() throws IOException {
    long deadline = System.nanoTime() + exchange.writeTimeoutNanos();
    while (!outgoing.sent()) {
      if (outgoing.send()) {
        deadline = System.nanoTime() + exchange.writeTimeoutNanos();
      } else {
        awaitWritable(deadline);
      }
    }
  }

  private void awaitWritable(long deadline) throws IOException {
    waiting = true;
    outgoing.onceWritable(this::writable);
    try {
      while (waiting) {
        if (broken) {
          throw new IOException("the client is gone");
        }
        if (changed.awaitNanos(deadline - System.nanoTime()) <= 0 && waiting) {
          exchange.tooSlow();
          throw new IOException("the client took no byte in time");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var failure = new InterruptedIOException("interrupted while the client was slow");
      failure.initCause(e);
      throw failure;
    }
  }

  private void writable() {
    lock.lock();
    try {
      waiting = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The answer is broken off. */
  void breakOff() {
    broken = true;
    changed.signalAll();
  }
}
