package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Guests that take all they can. */
final class HostileGuestTest {
  private static final Guests GUESTS = new Guests();
  private static final Duration TIMEOUT = Duration.ofMillis(300);

  /** Far more than a fill takes, since others compute beside it. */
  private static final long PATIENCE_MILLIS = 3_000;

  @AfterAll
  static void close() {
    GUESTS.close();
  }

  @Test
  void mutualRecursionThroughATableExhaustsTheStackAndNothingElse() throws ModuleRefusedException {
    for (int i = 0; i < 3; i++) {
      assertInstanceOf(Outcome.StackExhausted.class, GUESTS.run("recurse-table").outcome());
    }
    assertEquals(new Outcome.Exited(0), GUESTS.run("exit-zero").outcome());
  }

  @Test
  void fillsOfLargeMemoryEndAtTheirDeadline() throws ModuleRefusedException {
    Limits limits = limits(64 << 20, Guests.LIMITS.environmentBytes());
    GuestModule module = GUESTS.load("fill", limits);
    long start = System.nanoTime();

    Outcome outcome = GUESTS.run(module, Guests.invocation("_start", "")).outcome();

    assertEquals(new Outcome.DeadlinePassed(TIMEOUT), outcome);
    long millis = (System.nanoTime() - start) / 1_000_000;
    assertTrue(millis < TIMEOUT.toMillis() + PATIENCE_MILLIS, millis + " ms");
  }

  @Test
  void environmentAndArgumentsAreCountedTogether() throws ModuleRefusedException {
    GuestModule module = GUESTS.load("exit-zero", limits(1 << 20, 1_000));
    List<String> hundred = Collections.nCopies(100, "a=34");

    Guests.Recording fits = new Guests.Recording();
    assertInstanceOf(
        Ticket.class, GUESTS.engine().submit(module, invocation(hundred, hundred), fits));
    assertEquals(new Outcome.Exited(0), fits.said().outcome());
    assertEquals(
        Rejection.ENVIRONMENT_TOO_LARGE,
        GUESTS
            .engine()
            .submit(
                module,
                invocation(Collections.nCopies(101, "a=34"), hundred),
                new Guests.Recording()));
  }

  private static Invocation invocation(List<String> arguments, List<String> environment) {
    Invocation usual = Guests.invocation("_start", "");
    return new Invocation("_start", arguments, environment, usual.stdin(), List.of());
  }

  private static Limits limits(long memory, long environment) {
    Limits usual = Guests.LIMITS;
    return new Limits(
        TIMEOUT,
        usual.queue(),
        usual.queueTimeout(),
        memory,
        usual.outputBytes(),
        usual.stderrBytes(),
        usual.openFiles(),
        environment,
        usual.concurrency());
  }
}
