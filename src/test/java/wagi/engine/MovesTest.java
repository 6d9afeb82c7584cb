package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import wagi.server.Await;

/** What counts as guests that get on, and what as a host that is stuck. */
final class MovesTest {
  private static final Duration LATELY = Duration.ofMillis(500);
  private static final Duration LONG = Duration.ofSeconds(10);

  @Test
  void idleEngineMoves() {
    try (Guests guests = new Guests(1, 2)) {
      assertTrue(guests.engine().moves(LONG));
    }
  }

  @Test
  void crowdBehindLongGuestsIsBusyAndNotStuck() throws ModuleRefusedException {
    try (Guests guests = new Guests(1, 1)) {
      submit(guests, guests.load("loop"), new Guests.Recording());
      submit(guests, guests.load("exit-zero"), new Guests.Recording());
      restFor(LATELY.multipliedBy(2));
      assertTrue(guests.engine().moves(LATELY));
    }
  }

  @Test
  void guestThatOutlivesItsDeadlineBeforeAQueueIsStuck() throws ModuleRefusedException {
    try (Guests guests = new Guests(1, 2)) {
      Stuck stuck = new Stuck();
      Duration timeout = Duration.ofMillis(100);
      submit(guests, guests.load("hello-c", Guests.timeout(timeout)), stuck);
      Guests.Recording behind = new Guests.Recording();
      submit(guests, guests.load("exit-zero"), behind);

      Await.until("it is seen to be stuck", () -> !guests.engine().moves(LATELY));
      stuck.release.countDown();
      assertEquals(new Outcome.Exited(0), behind.said().outcome());
      assertTrue(guests.engine().moves(LONG));
    }
  }

  @Test
  void guestThatOutlivesItsDeadlineBeforeNobodyIsBorne() throws ModuleRefusedException {
    try (Guests guests = new Guests(1, 2)) {
      Stuck stuck = new Stuck();
      submit(guests, guests.load("hello-c", Guests.timeout(Duration.ofMillis(50))), stuck);
      restFor(LATELY.multipliedBy(2));
      assertTrue(guests.engine().moves(LATELY));
      stuck.release.countDown();
    }
  }

  @Test
  void withoutItsTickerNothingMoves() {
    Guests guests = new Guests(1, 2);
    guests.close();
    Await.until("the ticker is gone", () -> !guests.engine().moves(LATELY));
    assertFalse(guests.engine().moves(LATELY));
  }

  private static void submit(Guests guests, GuestModule module, Sink sink) {
    if (guests.engine().submit(module, Guests.invocation("_start", ""), sink)
        instanceof Rejection rejection) {
      throw new AssertionError("rejected: " + rejection);
    }
  }

  /** Lets time pass: what is asserted is that time alone changes nothing. */
  private static void restFor(Duration time) {
    long start = System.nanoTime();
    Await.until("time has passed", () -> System.nanoTime() - start > time.toNanos());
  }

  /** A host that keeps a guest's thread, whoever interrupts it. */
  private static final class Stuck implements Sink {
    final CountDownLatch release = new CountDownLatch(1);

    @Override
    public void stdout(byte[] bytes, int offset, int length) {
      boolean interrupted = false;
      while (release.getCount() > 0) {
        try {
          release.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void stderr(byte[] bytes, int offset, int length) {}

    @Override
    public void waiting() {}

    @Override
    public void ended(Outcome outcome) {}
  }
}
