package wagi.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * The threads that run guests. One is woken only when no other is on its way to look for work, the
 * last to sleep first. Everything belongs to the scheduler's lock.
 */
final class GuestThreads {
  private final Scheduler scheduler;
  private final Condition oneLess;
  private final ArrayDeque<GuestThread> idle = new ArrayDeque<>();
  private boolean waking;
  private int count;
  private int number;

  /**
   * Begins with none.
   *
   * @param oneLess of the scheduler's lock
   */
  GuestThreads(Scheduler scheduler, Condition oneLess) {
    this.scheduler = scheduler;
    this.oneLess = oneLess;
  }

  /** Returns one to wake with the lock released; null if one is on its way. */
  @Nullable GuestThread toWake() {
    if (waking) {
      return null;
    }
    waking = true;
    GuestThread thread = idle.pollFirst();
    if (thread == null) {
      thread = new GuestThread(scheduler, ++number);
      count++;
    }
    return thread;
  }

  /** The one that was woken looks for work. */
  void looks() {
    waking = false;
  }

  /** The one that was to be woken could not be started. */
  void startFailed() {
    waking = false;
    count--;
  }

  void sleeps(GuestThread thread) {
    idle.addFirst(thread);
  }

  /** Returns whether a thread that sleeps may end. */
  boolean retire(GuestThread thread) {
    return idle.remove(thread);
  }

  void ended() {
    count--;
    oneLess.signalAll();
  }

  /** Forgets those that sleep. */
  List<GuestThread> takeIdle() {
    List<GuestThread> sleeping = new ArrayList<>(idle);
    idle.clear();
    return sleeping;
  }

  /** Waits, for so long at most, until all have ended. */
  void awaitEnd(long nanos) throws InterruptedException {
    for (long left = nanos; count > 0 && left > 0; ) {
      left = oneLess.awaitNanos(left);
    }
  }
}
