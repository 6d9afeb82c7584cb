package wagi.engine;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one guest at a time be given a new large array. The JVM clears it at one go and cannot stop
 * for its collector meanwhile, with all others waiting.
 *
 * <p>Who wants the most is next, unless another has waited long: it is nearest to its end, when it
 * leaves all that it was given to the others, who then need no new one.
 */
final class Making {
  private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Both belong to the lock; those who wait as they came. */
  private final Deque<Waiter> waiting = new ArrayDeque<>();

  private @Nullable Thread maker;

  Making(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  private record Waiter(Thread thread, int wanted, long sinceNanos) {}

  /** Begins, if nobody is at it or waits to be. */
  boolean tryBegin() {
    lock.lock();
    try {
      boolean free = maker == null && waiting.isEmpty();
      if (free) {
        maker = Thread.currentThread();
      }
      return free;
    } finally {
      lock.unlock();
    }
  }

  void begin(int wanted) throws InterruptedException {
    Waiter self = new Waiter(Thread.currentThread(), wanted, nanoTime.getAsLong());
    lock.lockInterruptibly();
    try {
      if (self.thread().equals(maker)) {
        throw new IllegalStateException("it would wait for itself");
      }
      waiting.addLast(self);
      try {
        while (maker != null || !self.equals(next())) {
          changed.await();
        }
        maker = self.thread();
      } finally {
        waiting.remove(self);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Waiter next() {
    Waiter oldest = waiting.peekFirst();
    if (oldest == null || nanoTime.getAsLong() - oldest.sinceNanos() > LONG_NANOS) {
      return oldest;
    }
    return waiting.stream().max(Comparator.comparingInt(Waiter::wanted)).orElseThrow();
  }

  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  void end() {
    lock.lock();
    try {
      maker = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
