package wagi.engine;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Decides which invocation runs next.
 *
 * <p>A guest needs a permit to compute. It gives it back while it waits, and for good once it has
 * computed long: then it is in the background, where the operating system gives it what the others
 * leave. Of the modules that wait, the one is next whose guests have computed for the least time,
 * permits are kept for short guests, and what those compute that fail is rationed: so neither a
 * crowd nor long guests stand before the others.
 *
 * <p>A thread that has ended a guest takes the next one itself. One is woken only when there is
 * more to do and no other is about to look: waking is dearer than many a guest.
 */
final class Scheduler implements AutoCloseable {
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Set<Run> runs = ConcurrentHashMap.newKeySet();
  private final Ticker ticker;
  private final Conclusions conclusions = new Conclusions(this);
  private final BackgroundTurns background;
  private final ReentrantLock lock = new ReentrantLock();

  // All below belong to the lock.
  private final Permits permits;
  private final Places places;
  private final Starts starts;
  private final GuestThreads threads = new GuestThreads(this, lock.newCondition());
  private long movedNanos = System.nanoTime();
  private volatile boolean closed;

  /**
   * Starts with all permits free.
   *
   * @param chores done every second, beside the deadlines
   */
  Scheduler(int permits, int guestLimit, Runnable chores) {
    this.permits = new Permits(permits, System::nanoTime);
    background = new BackgroundTurns(permits);
    places = new Places(guestLimit);
    starts = new Starts(this.permits, places);
    ticker = new Ticker(runs, this::tick, chores);
  }

  BackgroundTurns.Turn backgroundTurn() {
    return background.new Turn();
  }

  /** Takes the run into its module's queue, or says why not. */
  @Nullable Rejection submit(Run run) {
    Starts.Held held;
    GuestThread woken;
    lock.lock();
    try {
      if (closed) {
        return Rejection.CLOSED;
      }
      if (!starts.add(run)) {
        return Rejection.QUEUE_FULL;
      }
      runs.add(run);
      held = starts.held(run.lane());
      woken = wakeOne();
    } finally {
      lock.unlock();
    }
    wake(woken);
    if (held != null) {
      held.tell();
    }
    return null;
  }

  /** Returns a thread to wake with the lock released, or null if none is needed. */
  private @Nullable GuestThread wakeOne() {
    return starts.first() == null || closed ? null : threads.toWake();
  }

  private void wake(@Nullable GuestThread thread) {
    if (thread != null && !thread.wake()) {
      lock.lock();
      try {
        threads.startFailed();
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Returns what this thread shall run now, or null if it shall sleep until it is woken.
   *
   * @param woken it was woken to ask this
   */
  @Nullable Run next(GuestThread thread, boolean woken) {
    Run run;
    Starts.Held held;
    GuestThread other;
    lock.lock();
    try {
      if (woken) {
        threads.looks();
      }
      run = starts.poll();
      held = run == null ? null : starts.held(run.lane());
      if (run != null) {
        movedNanos = System.nanoTime();
      } else if (!closed) {
        threads.sleeps(thread);
      }
      other = wakeOne();
    } finally {
      lock.unlock();
    }
    wake(other);
    if (held != null) {
      held.tell();
    }
    return run;
  }

  /**
   * The run has ended. What others wait for is done by a thread that is not nice, which would let
   * them wait until nobody else computes, and whose children are nice too.
   */
  void concludeElsewhere(Runnable conclusion) {
    conclusions.add(conclusion);
  }

  /** The run has ended; its thread answers, and then asks for the next. */
  void ended(Run run, boolean failed) {
    runs.remove(run);
    long processorNanos = ProcessorTime.ofThisThread();
    lock.lock();
    try {
      movedNanos = System.nanoTime();
      places.ended(run);
      permits.takeBack(run, processorNanos);
      run.lane().ended(failed);
      starts.list(run.lane());
      starts.release();
      var unused = starts.first(); // this thread answers before it asks; who returns need not wait
    } finally {
      lock.unlock();
    }
  }

  /** The thread has slept long; returns whether it may end. */
  boolean retire(GuestThread thread) {
    lock.lock();
    try {
      return closed || threads.retire(thread);
    } finally {
      lock.unlock();
    }
  }

  boolean closed() {
    return closed;
  }

  /** A thread has ended: another takes its place if there is something to do. */
  void gone() {
    change(threads::ended);
  }

  /** Time has passed, which may be all that a rationed module waited for. */
  private void tick() {
    change(() -> {});
  }

  /** Does this with the lock held, and wakes who has something to do then. */
  private void change(Runnable change) {
    GuestThread woken;
    lock.lock();
    try {
      change.run();
      woken = wakeOne();
    } finally {
      lock.unlock();
    }
    wake(woken);
  }

  /** The run was given up while it waited. */
  void gaveUp(Run run) {
    runs.remove(run);
    lock.lock();
    try {
      run.lane().waiting.remove(run);
    } finally {
      lock.unlock();
    }
  }

  /** A guest begins or ceases to wait for memory. */
  void growing(Run run, boolean begins) {
    if (run.growing == begins) {
      return;
    }
    run.growing = begins;
    change(
        () -> {
          run.lane().growing += begins ? 1 : -1;
          starts.release();
        });
  }

  /** A guest is about to wait: others may compute. */
  void leave(Run run) {
    if (run.background) {
      return;
    }
    long processorNanos = ProcessorTime.ofThisThread();
    change(() -> permits.takeBack(run, processorNanos));
  }

  /**
   * A guest has waited and computes again when there is a permit and its turn has come. One that is
   * to end, and was interrupted therefore, ends without.
   */
  void rejoin(Run run) {
    if (run.background) {
      return;
    }
    Condition permit = lock.newCondition();
    change(
        () -> {
          run.returning = permit;
          permits.wantsToReturn(run);
        });
    awaitPermit(run, permit);
  }

  /** It may have lost the permit again before it woke: then it goes on in the background. */
  private void awaitPermit(Run run, Condition permit) {
    lock.lock();
    try {
      while (!run.holdsPermit && !run.background) {
        permit.await();
      }
    } catch (InterruptedException e) {
      permits.returnsNot(run);
      Thread.currentThread().interrupt();
    } finally {
      run.returning = null;
      lock.unlock();
    }
  }

  /** The run has computed so long; returns false if it is not computing any more. */
  boolean toBackground(Run run, long processorNanos) {
    GuestThread woken;
    lock.lock();
    try {
      if (!run.holdsPermit) {
        return false;
      }
      places.toBackground(run);
      permits.takeBack(run, processorNanos);
      woken = wakeOne();
    } finally {
      lock.unlock();
    }
    wake(woken);
    return true;
  }

  /**
   * Returns whether guests get on. False is a defect of the host, a crowd alone never makes it so:
   * deadlines are no longer looked at; or nobody has started or ended lately although somebody has
   * waited as long, and could start, or waits for guests of whom not one is within its deadline.
   */
  boolean moves(Duration lately) {
    long since = System.nanoTime() - lately.toNanos();
    if (!ticker.lookedSince(since)) {
      return false;
    }
    boolean waits;
    lock.lock();
    try {
      if (movedNanos - since >= 0) {
        return true;
      }
      Turns.Turn start = starts.first();
      if (start != null && start.lane().waitsSince(since)) {
        return false;
      }
      waits = permits.someReturn();
    } finally {
      lock.unlock();
    }
    return !(waits || runs.stream().anyMatch(run -> run.submittedBefore(since) && run.waits()))
        || runs.stream().anyMatch(run -> run.mayRun(since));
  }

  @Override
  public void close() {
    List<GuestThread> sleeping;
    lock.lock();
    try {
      closed = true;
      sleeping = threads.takeIdle();
    } finally {
      lock.unlock();
    }
    for (Run run : runs) {
      run.giveUp(run.neverStarted(Rejection.CLOSED));
      run.cancel();
    }
    ticker.close();
    sleeping.forEach(GuestThread::wake);
    awaitThreads();
    conclusions.close();
  }

  /** Guests that end have something to say to those who are closed after this. */
  private void awaitThreads() {
    lock.lock();
    try {
      threads.awaitEnd(CLOSE_NANOS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
