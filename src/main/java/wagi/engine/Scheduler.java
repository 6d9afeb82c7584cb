package wagi.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Decides which invocation runs next.
 *
 * <p>A guest needs a permit to compute and gives it back while it waits. Modules with waiting
 * invocations take turns, so that one module's crowd does not stand before the others.
 */
final class Scheduler implements AutoCloseable {
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private static final int TICKS_PER_CHORE = 100;

  private final Runnable chores;
  private final int guestLimit;
  private final GuestThreads threads;
  private final Set<Run> runs = ConcurrentHashMap.newKeySet();
  private final Thread ticker = new Thread(this::tick, "guest-ticker");
  private final ReentrantLock lock = new ReentrantLock();

  /** Guests that waited and want to compute again; they come before new ones. */
  private final Condition permitFree = lock.newCondition();

  /** When deadlines were last looked at. */
  private volatile long tickNanos = System.nanoTime();

  // All below belong to the lock.
  private long movedNanos;
  private final ArrayDeque<GuestModule> turns = new ArrayDeque<>();
  private int permits;
  private int returning;
  private int alive;
  private boolean closed;

  /**
   * Starts with all permits free.
   *
   * @param chores done every second, beside the deadlines
   */
  Scheduler(int permits, int guestLimit, Runnable chores) {
    this.chores = chores;
    this.permits = permits;
    this.guestLimit = guestLimit;
    threads = new GuestThreads(guestLimit);
    ticker.setDaemon(true);
    ticker.start();
  }

  /** Takes the run, at once or into its module's queue, or says why not. */
  @Nullable Rejection submit(Run run) {
    lock.lock();
    try {
      if (closed) {
        return Rejection.CLOSED;
      }
      GuestModule module = run.module;
      boolean mayStart = mayStart() && module.alive < module.limits().concurrency();
      if (!mayStart && module.waiting.size() >= module.limits().queue()) {
        return Rejection.QUEUE_FULL;
      }
      runs.add(run);
      enqueue(run);
      dispatch();
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void enqueue(Run run) {
    if (run.module.waiting.isEmpty()) {
      turns.addLast(run.module);
    }
    run.module.waiting.addLast(run);
  }

  private boolean mayStart() {
    return permits > 0 && returning == 0 && alive < guestLimit;
  }

  /** Starts what may start, one invocation a module and turn. */
  private void dispatch() {
    int passedOver = 0;
    while (mayStart() && passedOver < turns.size()) {
      GuestModule module = turns.removeFirst();
      if (module.alive >= module.limits().concurrency()) {
        turns.addLast(module);
        passedOver++;
        continue;
      }
      Run run = module.waiting.removeFirst();
      if (!module.waiting.isEmpty()) {
        turns.addLast(module);
      }
      passedOver = 0;
      movedNanos = System.nanoTime();
      permits--;
      alive++;
      module.alive++;
      threads.execute(run);
    }
  }

  /** The run has left its guest thread, with the permit it held. */
  void ended(Run run) {
    runs.remove(run);
    lock.lock();
    try {
      alive--;
      movedNanos = System.nanoTime();
      run.module.alive--;
      releasePermit();
    } finally {
      lock.unlock();
    }
  }

  /** The run was given up while it waited. */
  void gaveUp(Run run) {
    runs.remove(run);
    lock.lock();
    try {
      if (run.module.waiting.remove(run) && run.module.waiting.isEmpty()) {
        turns.remove(run.module);
      }
    } finally {
      lock.unlock();
    }
  }

  private void releasePermit() {
    permits++;
    if (returning > 0) {
      permitFree.signal();
    } else {
      dispatch();
    }
  }

  /** A guest is about to wait: others may compute. */
  void leave() {
    lock.lock();
    try {
      releasePermit();
    } finally {
      lock.unlock();
    }
  }

  /** A guest has waited and computes again as soon as there is a permit. */
  void rejoin() {
    lock.lock();
    try {
      returning++;
      while (permits == 0) {
        permitFree.awaitUninterruptibly();
      }
      returning--;
      permits--;
      if (permits > 0 && returning == 0) {
        dispatch();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns whether guests get on. False is a defect of the host, a crowd alone never makes it so:
   * deadlines are no longer looked at, or somebody waits, nobody has started or ended lately, and
   * not one of those who run is within its deadline.
   */
  boolean moves(Duration lately) {
    long since = System.nanoTime() - lately.toNanos();
    if (tickNanos - since < 0) {
      return false;
    }
    lock.lock();
    try {
      boolean waits = !turns.isEmpty() || returning > 0;
      if (!waits || movedNanos - since >= 0) {
        return true;
      }
    } finally {
      lock.unlock();
    }
    return runs.stream().anyMatch(run -> run.mayRun(since));
  }

  private void tick() {
    for (int ticks = 1; !Thread.currentThread().isInterrupted(); ticks++) {
      if (ticks % TICKS_PER_CHORE == 0) {
        chores.run();
      }
      long now = System.nanoTime();
      for (Run run : runs) {
        run.checkTime(now);
      }
      tickNanos = now;
      LockSupport.parkNanos(TICK_NANOS);
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    for (Run run : runs) {
      run.giveUp(new Outcome.NeverStarted(Rejection.CLOSED));
      run.cancel();
    }
    ticker.interrupt();
    threads.close();
  }
}
