package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Duration;

/** Runs that take permits, and never run. */
final class Takers implements AutoCloseable {
  private static final int MANY = 64 * 8;

  private final Guests guests = new Guests();
  private final Scheduler unused = new Scheduler(1, 1, () -> {});

  static Lane lane(long usedNanos) {
    Lane lane = new Lane(Guests.timeout(Duration.ofSeconds(1)));
    if (usedNanos > 0) {
      lane.used(Standing.QUICK, usedNanos);
    }
    return lane;
  }

  GuestModule module() throws ModuleRefusedException {
    return guests.load("loop");
  }

  Run run(GuestModule module) {
    return new Run(module, Guests.invocation("_start", ""), new Guests.Recording(), unused);
  }

  /** Returns a run of a module of its own, whose guests have used much, but each of them little. */
  Run shortRun(long usedNanos) throws ModuleRefusedException {
    Run run = lengthyRun(usedNanos);
    for (int i = 0; i < MANY; i++) {
      run.lane().used(Standing.QUICK, 0);
    }
    assertEquals(Standing.QUICK, run.lane().standing());
    return run;
  }

  Run lengthyRun(long usedNanos) throws ModuleRefusedException {
    Run run = run(module());
    run.lane().used(Standing.QUICK, usedNanos);
    return run;
  }

  /** Returns a run of a module of its own, whose guests have failed. */
  Run failingRun() throws ModuleRefusedException {
    Run run = run(module());
    for (int i = 0; i < 8; i++) {
      run.lane().ended(true);
    }
    assertEquals(Standing.FAILING, run.lane().standing());
    return run;
  }

  /** The run's module asks, and must be the one that may start. */
  static void starts(Permits permits, Run run) {
    permits.wantToStart(run.lane());
    isNext(permits, run);
  }

  static void isNext(Permits permits, Run run) {
    Turns.Turn turn = permits.firstStart(true);
    assertNotNull(turn);
    assertSame(run.lane(), permits.take(turn));
    permits.give(run, turn);
  }

  static void nobodyIsNext(Permits permits) {
    assertNull(permits.firstStart(true));
  }

  @Override
  public void close() {
    unused.close();
    guests.close();
  }
}
