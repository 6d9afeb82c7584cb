package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import wagi.engine.Guests.Said;

/** Every way a guest may end, with a real guest that ends so. */
final class OutcomeTest {
  private static final Guests GUESTS = new Guests();

  @AfterAll
  static void close() {
    GUESTS.close();
  }

  @Test
  void returningIsSuccess() throws ModuleRefusedException {
    Said said = GUESTS.run("krustlet-wagi-demo-hello");

    assertEquals(new Outcome.Exited(0), said.outcome());
    assertEquals("content-type:text/plain\n\nhello world\n", said.stdout());
  }

  @Test
  void q00ExitZeroIsSuccess() throws ModuleRefusedException {
    assertEquals(new Outcome.Exited(0), GUESTS.run("exit-zero").outcome());
  }

  @Test
  void otherExitCodesAreKept() throws ModuleRefusedException {
    assertEquals(new Outcome.Exited(3), GUESTS.run("exit-three").outcome());
  }

  @Test
  void trapNamesTheFunction() throws ModuleRefusedException {
    Outcome.Trapped trapped = assertInstanceOf(Outcome.Trapped.class, GUESTS.run("trap").outcome());

    assertTrue(trapped.message().contains("unreachable"), trapped.message());
    assertTrue(!trapped.functions().isEmpty(), "the stack names no function");
  }

  @Test
  void whatWasPrintedBeforeATrapIsKnown() throws ModuleRefusedException {
    Said said = GUESTS.run("half-then-trap");

    assertInstanceOf(Outcome.Trapped.class, said.outcome());
    assertTrue(said.stdout().length() > 10, said.stdout());
  }

  @Test
  void endlessLoopIsStopped() throws ModuleRefusedException {
    Duration timeout = Duration.ofMillis(200);
    long start = System.nanoTime();

    Said said = GUESTS.run("loop", Guests.timeout(timeout));

    assertEquals(new Outcome.DeadlinePassed(timeout), said.outcome());
    long millis = (System.nanoTime() - start) / 1_000_000;
    assertTrue(millis >= 200 && millis < 5_000, millis + " ms");
  }

  @Test
  void endlessSleepIsStopped() throws ModuleRefusedException {
    Duration timeout = Duration.ofMillis(200);

    assertEquals(
        new Outcome.DeadlinePassed(timeout),
        GUESTS.run("sleep-forever", Guests.timeout(timeout)).outcome());
  }

  @Test
  void runawayRecursionExhaustsTheStackAndNothingElse() throws ModuleRefusedException {
    assertInstanceOf(Outcome.StackExhausted.class, GUESTS.run("recurse").outcome());
    assertEquals(new Outcome.Exited(0), GUESTS.run("exit-zero").outcome());
  }

  @Test
  void tenThousandNestedCallsAreNotTooDeep() throws ModuleRefusedException {
    assertEquals(new Outcome.Exited(0), GUESTS.run("deep").outcome());
  }

  @Test
  void hugeOutputIsStoppedAtTheLimit() throws ModuleRefusedException {
    Said said = GUESTS.run("huge-output");

    assertEquals(new Outcome.OutputLimitReached(Guests.LIMITS.outputBytes()), said.outcome());
    assertTrue(said.stdout().length() <= Guests.LIMITS.outputBytes());
  }

  @Test
  void floodOfStderrIsCutAndTheGuestGoesOn() throws ModuleRefusedException {
    Said said = GUESTS.run("stderr-flood");

    assertEquals(new Outcome.Exited(0), said.outcome());
    assertEquals(Guests.LIMITS.stderrBytes(), said.stderr().length());
  }

  @Test
  void refusedMemoryIsNamedInTheTrap() throws ModuleRefusedException {
    Outcome outcome = GUESTS.run("grow-then-trap").outcome();

    assertTrue(assertInstanceOf(Outcome.Trapped.class, outcome).memoryRefused());
    assertTrue(outcome.words().contains("limits.memory"), outcome.words());
  }

  @Test
  void growingWithinTheLimitIsFine() throws ModuleRefusedException {
    assertEquals(new Outcome.Exited(0), GUESTS.run("grow").outcome());
  }

  @Test
  void hugeTableGrowthIsRefusedNotFatal() throws ModuleRefusedException {
    assertEquals(new Outcome.Exited(0), GUESTS.run("table-grow-huge").outcome());
  }

  @Test
  void tableGrownByOneGuestIsSmallForTheNext() throws ModuleRefusedException {
    String first = GUESTS.run("table-grow").stdout();

    assertEquals(first, GUESTS.run("table-grow").stdout());
  }

  @Test
  void trapInAStartSectionIsATrap() throws ModuleRefusedException {
    assertInstanceOf(Outcome.Trapped.class, GUESTS.run("start-section-trap").outcome());
  }

  @Test
  void startSectionRunsBeforeTheEntrypoint() throws ModuleRefusedException {
    assertEquals(new Outcome.Exited(0), GUESTS.run("start-section").outcome());
    assertEquals(new Outcome.Exited(0), GUESTS.run("start-section-host").outcome());
  }

  @Test
  void moduleWithoutMemoryMayExit() throws ModuleRefusedException {
    assertEquals(new Outcome.Exited(0), GUESTS.run("no-memory").outcome());
  }

  @Test
  void cancelledGuestEnds() throws ModuleRefusedException {
    Guests.Recording recording = new Guests.Recording();
    GuestModule module = GUESTS.load("sleep-forever");
    Ticket ticket =
        assertInstanceOf(
            Ticket.class,
            GUESTS.engine().submit(module, Guests.invocation("_start", ""), recording));
    String before = recording.saidBeforeWaiting();

    ticket.cancel();

    assertEquals(new Outcome.Cancelled(), recording.said().outcome());
    assertEquals(before, recording.said().stdout());
  }
}
