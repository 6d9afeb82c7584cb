package wagi.engine;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets one guest at a time be given a new large array. The JVM clears it at one go and cannot stop
 * for its collector meanwhile, with all others waiting.
 *
 * <p>Who wants the most is next, unless another has waited long: it is nearest to its end, when it
 * leaves all that it was given to the others, who then need no new one. After one that took long
 * nobody is given another for a while, and those whose module fails for much longer: most of the
 * time is for those who want none.
 */
final class Making {
  private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Whoever is stopped for a shorter time hardly notices. */
  private static final long NOTICED_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** Those who would have to wait much longer do without. */
  private static final long PATIENCE_OF_RATIONED = TimeUnit.SECONDS.toNanos(1);

  /** How many times as long as one took nobody is given another. */
  private static final int REST = 4;

  /** The same for those whose module fails: a thousandth of the time is theirs. */
  private static final int REST_OF_RATIONED = 999;

  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** All belong to the lock; those who wait as they came. */
  private final Deque<Waiter> waiting = new ArrayDeque<>();

  private @Nullable Thread maker;

  /** How long the last took that took long, and when that was. */
  private long tookNanos;

  private long madeNanos;

  Making(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    madeNanos = nanoTime.getAsLong();
  }

  private record Waiter(Thread thread, int wanted, boolean rationed, long sinceNanos) {}

  /** Begins, if nobody is at it or waits to be. */
  boolean tryBegin(boolean rationed) {
    lock.lock();
    try {
      boolean free = maker == null && waiting.isEmpty() && toRest(rationed) <= 0;
      if (free) {
        maker = Thread.currentThread();
      }
      return free;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for its turn, or until there is one to take. False when it is given nothing: those whose
   * module fails do not wait long.
   *
   * @param rationed its module fails
   * @param spare whether there is one, asked again after each {@link #look}
   */
  boolean begin(int wanted, boolean rationed, BooleanSupplier spare) throws InterruptedException {
    Waiter self = new Waiter(Thread.currentThread(), wanted, rationed, nanoTime.getAsLong());
    lock.lockInterruptibly();
    try {
      if (self.thread().equals(maker)) {
        throw new IllegalStateException("it would wait for itself");
      }
      waiting.addLast(self);
      try {
        while (maker != null || !((mayTake(self) && spare.getAsBoolean()) || isNext(self))) {
          long patience = patience(self);
          if (patience <= 0) {
            return false;
          }
          long rest = toRest(rationed);
          var unused = changed.awaitNanos(rest > 0 ? Math.min(rest, patience) : patience);
        }
        maker = self.thread();
        return true;
      } finally {
        waiting.remove(self);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private long patience(Waiter waiter) {
    return waiter.rationed() ? PATIENCE_OF_RATIONED - waited(waiter) : Long.MAX_VALUE;
  }

  private long waited(Waiter waiter) {
    return nanoTime.getAsLong() - waiter.sinceNanos();
  }

  /** What is left is for those first whose modules do not fail. */
  private boolean mayTake(Waiter waiter) {
    return !waiter.rationed() || waiting.stream().allMatch(Waiter::rationed);
  }

  private boolean isNext(Waiter waiter) {
    return mayBegin(waiter) && waiter.equals(next());
  }

  private boolean mayBegin(Waiter waiter) {
    return toRest(waiter.rationed()) <= 0;
  }

  private long toRest(boolean rationed) {
    int rest = rationed ? REST_OF_RATIONED : REST;
    return madeNanos + rest * tookNanos - nanoTime.getAsLong();
  }

  private Waiter next() {
    Waiter oldest = able().findFirst().orElseThrow();
    return waited(oldest) > LONG_NANOS
        ? oldest
        : able().max(Comparator.comparingInt(Waiter::wanted)).orElseThrow();
  }

  private Stream<Waiter> able() {
    return waiting.stream().filter(this::mayBegin);
  }

  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** Tells how long it took to make one. */
  void made(long nanos) {
    if (nanos > NOTICED_NANOS) {
      lock.lock();
      try {
        tookNanos = nanos;
        madeNanos = nanoTime.getAsLong();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Somebody has left an array. */
  void look() {
    lock.lock();
    try {
      if (!waiting.isEmpty()) {
        changed.signalAll();
      }
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
