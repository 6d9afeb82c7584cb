package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wagi.server.Await;

/**
 * The poll stays in every loop, however well that is compiled; and who waits needs nobody's leave
 * to end.
 */
final class DeadlineTest {
  private static final Guests GUESTS = new Guests();
  private static final Duration TIMEOUT = Duration.ofMillis(300);
  private static final long LATE_MILLIS = 50;

  /** Where others compute too, a guest is late for other reasons than its poll. */
  private static final int ATTEMPTS = 10;

  @AfterAll
  static void close() {
    GUESTS.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "empty",
        "counting",
        "ints",
        "loads",
        "spin",
        "stores",
        "globals",
        "nested",
        "table",
        "calls",
        "indirect",
        "recursion",
        "fill",
        "copy"
      })
  void compiledLoopEndsAtItsDeadline(String shape, TestReporter report)
      throws ModuleRefusedException {
    GuestModule patient = GUESTS.load("polls");
    for (int i = 0; i < 2; i++) {
      Guests.Said warm = GUESTS.run(patient, Guests.invocation("warm-" + shape, ""));
      assertEquals(new Outcome.Exited(0), warm.outcome());
    }
    GuestModule limited = GUESTS.load("polls", Guests.timeout(TIMEOUT));

    long least = Long.MAX_VALUE;
    for (int i = 0; i < ATTEMPTS && (i < 2 || least > LATE_MILLIS); i++) {
      least = Math.min(least, lateMillis(limited, shape));
    }

    report.publishEntry(shape + " ends " + least + " ms after its deadline");
    assertTrue(least <= LATE_MILLIS, least + " ms late");
  }

  private static long lateMillis(GuestModule module, String shape) {
    long start = System.nanoTime();
    Guests.Said said = GUESTS.run(module, Guests.invocation(shape, ""));
    long millis = (System.nanoTime() - start) / 1_000_000;

    assertEquals(new Outcome.DeadlinePassed(TIMEOUT), said.outcome());
    return millis - TIMEOUT.toMillis();
  }

  @Test
  void guestThatWaitsForAPermitEndsWhenItIsTold() throws ModuleRefusedException {
    try (Guests guests = new Guests(1, 8)) {
      GuestModule sleeper = guests.load("sleep-forever");
      Guests.Recording recording = new Guests.Recording();
      Ticket ticket =
          assertInstanceOf(
              Ticket.class,
              guests.engine().submit(sleeper, Guests.invocation("_start", ""), recording));
      Await.until("it sleeps", () -> sleeper.lane.alive == 1);
      try (PermitHolder holder = PermitHolder.of(guests)) {
        ticket.cancel();

        assertEquals(new Outcome.Cancelled(), recording.said().outcome());
        assertEquals(1, holder.given().getCount());
      }
    }
  }
}
