package wagi.engine;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** One invocation on its way: waiting, then running, then ended. */
final class Run implements Ticket, Permit, Runnable {
  private enum State {
    WAITING,
    RUNNING,
    ENDED
  }

  /** Longer than this, and it is no quick answer: others go first. */
  private static final long BACKGROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final long NOT_MEASURED = -1;

  private final GuestModule module;
  private final Invocation invocation;
  private final Sink sink;
  private final Scheduler scheduler;
  private final BackgroundTurns.Turn turn;
  private final long submittedNanos = System.nanoTime();

  /** Guarded by this. */
  private State state = State.WAITING;

  /** Guarded by this; set while running. */
  private @Nullable Guest guest;

  /** These belong to the scheduler's lock. */
  boolean holdsPermit;

  /** How its module stood when it took its permit. */
  Standing standing = Standing.QUICK;

  /** Until when, in processor time of its thread, its module has been charged. */
  long chargedNanos;

  /** It waits for memory; its thread's own. */
  boolean growing;

  /** How much of it; its thread's own. */
  private int wantedMemory;

  /** It waits for a permit to go on with. */
  @Nullable Condition returning;

  /** Changed once, under the scheduler's lock. */
  volatile boolean background;

  /** Processor time of the thread when the ticker saw this run first; the ticker's own. */
  private long processorNanos = NOT_MEASURED;

  Run(GuestModule module, Invocation invocation, Sink sink, Scheduler scheduler) {
    this.module = module;
    this.invocation = invocation;
    this.sink = sink;
    this.scheduler = scheduler;
    turn = scheduler.backgroundTurn();
  }

  /** Runs the guest; the scheduler calls this on a guest thread. */
  @Override
  public void run() {
    Guest running = start();
    if (running == null) {
      scheduler.ended(this, false);
      return;
    }
    Outcome outcome = outcome(running);
    turn.end();
    Outcome stopped = running.finish();
    end();
    running.close();
    Outcome last = stopped == null || outcome instanceof Outcome.Exited ? outcome : stopped;
    if (background) {
      scheduler.concludeElsewhere(() -> conclude(last, running.bounds()));
    } else {
      conclude(last, running.bounds());
    }
  }

  @SuppressWarnings("IllegalCatch") // the permit is given back whatever happens
  private Outcome outcome(Guest running) {
    try {
      sink.started(this);
    } catch (RuntimeException e) {
      return new Outcome.HostFailed(e);
    }
    return module.run(running);
  }

  /** Who wants more than its module may have makes others wait for that as if it had failed. */
  private void conclude(Outcome outcome, Set<Bound> bounds) {
    boolean wantedTooMuch = bounds.stream().anyMatch(Bound::isOfTheModule);
    scheduler.ended(this, outcome.isFailure() || wantedTooMuch);
    bounds.forEach(sink::heldTo);
    sink.ended(outcome);
  }

  /** It waits, since its module has all that it may have. */
  void heldTo(Bound bound) {
    sink.heldTo(bound);
  }

  Outcome neverStarted(Rejection reason) {
    return new Outcome.NeverStarted(reason, module.limits());
  }

  private synchronized @Nullable Guest start() {
    if (state != State.WAITING) {
      return null;
    }
    state = State.RUNNING;
    guest = new Guest(module.name(), invocation, module.limits(), sink, this);
    return guest;
  }

  private synchronized void end() {
    state = State.ENDED;
    guest = null;
  }

  Lane lane() {
    return module.lane;
  }

  @Override
  public void leave() {
    turn.end();
    scheduler.leave(this);
  }

  @Override
  public void leaveToGrow(int wanted) {
    wantedMemory = wanted;
    module.pool.wants(wanted);
    scheduler.growing(this, true);
    leave();
  }

  @Override
  public boolean isRationed() {
    return standing == Standing.FAILING;
  }

  @Override
  public void rejoin() {
    if (growing) {
      module.pool.wantsNot(wantedMemory);
      scheduler.growing(this, false);
    }
    scheduler.rejoin(this);
    if (background) {
      turn.begin();
    }
  }

  @Override
  public void giveWay() {
    turn.goOn();
  }

  @Override
  public void cancel() {
    stop(new Outcome.Cancelled());
  }

  /** Called by the ticker: ends what has taken too long. */
  void checkTime(long nowNanos) {
    Duration age = Duration.ofNanos(nowNanos - submittedNanos);
    Limits limits = module.limits();
    if (age.compareTo(limits.timeout()) >= 0) {
      stop(new Outcome.DeadlinePassed(limits.timeout()));
    } else if (age.compareTo(limits.queueTimeout()) >= 0) {
      giveUp(neverStarted(Rejection.QUEUE_TIMEOUT));
    }
    checkComputing();
  }

  /** Processor time is asked for only of runs that a tick has seen, which short ones are not. */
  private void checkComputing() {
    synchronized (this) {
      if (guest == null || background) {
        return;
      }
      long now = guest.processorNanos();
      if (processorNanos == NOT_MEASURED) {
        processorNanos = now;
      } else if (now - processorNanos >= BACKGROUND_NANOS && scheduler.toBackground(this, now)) {
        guest.makeNice();
      }
    }
  }

  boolean submittedBefore(long nanos) {
    return submittedNanos - nanos <= 0;
  }

  synchronized boolean waits() {
    return state == State.WAITING;
  }

  /** Whether it runs, and did at this time with its deadline before it. */
  synchronized boolean mayRun(long nanos) {
    Duration age = Duration.ofNanos(nanos - submittedNanos);
    return state == State.RUNNING && age.compareTo(module.limits().timeout()) < 0;
  }

  private void stop(Outcome reason) {
    synchronized (this) {
      if (guest != null) {
        guest.stop(reason);
        return;
      }
    }
    giveUp(reason instanceof Outcome.DeadlinePassed ? neverStarted(Rejection.TIMEOUT) : reason);
  }

  /** Ends it if it has not started; its place in the queue is found empty later. */
  void giveUp(Outcome reason) {
    synchronized (this) {
      if (state != State.WAITING) {
        return;
      }
      state = State.ENDED;
    }
    scheduler.gaveUp(this);
    sink.ended(reason);
  }
}
