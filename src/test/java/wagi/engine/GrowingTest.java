package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import wagi.server.Await;

/** Guests that wait for memory, and those of their module that would only wait with them. */
final class GrowingTest {
  /** Waits for memory from its start until it is told. */
  private record Grower(CountDownLatch told) implements Sink {
    @Override
    public void started(Permit permit) {
      permit.leaveToGrow();
      try {
        told.await(30, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      permit.rejoin();
    }

    @Override
    public void stdout(byte[] bytes, int offset, int length) {}

    @Override
    public void stderr(byte[] bytes, int offset, int length) {}

    @Override
    public void waiting() {}

    @Override
    public void ended(Outcome outcome) {}
  }

  private static CountDownLatch grow(Guests guests, GuestModule module) {
    CountDownLatch told = new CountDownLatch(1);
    guests.engine().submit(module, Guests.invocation("_start", ""), new Grower(told));
    return told;
  }

  @Test
  void whileTwoWaitForMemoryNoMoreOfTheirModuleStart() throws ModuleRefusedException {
    try (Guests guests = new Guests(2, 8)) {
      GuestModule module = guests.load("hello-c");
      CountDownLatch first = grow(guests, module);
      CountDownLatch second = grow(guests, module);
      Await.until("both wait for memory", () -> module.lane.growing == 2);
      Guests.Recording third = new Guests.Recording();
      guests.engine().submit(module, Guests.invocation("_start", ""), third);

      assertEquals(new Outcome.Exited(0), guests.run("hello-c").outcome());
      assertEquals(1, module.lane.waiting.size());
      first.countDown();
      assertEquals(new Outcome.Exited(0), third.said().outcome());
      second.countDown();
    }
  }

  @Test
  void besideOneThatWaitsForMemoryOthersStart() throws ModuleRefusedException {
    try (Guests guests = new Guests(2, 8)) {
      GuestModule module = guests.load("hello-c");
      CountDownLatch first = grow(guests, module);
      Await.until("it waits for memory", () -> module.lane.growing == 1);

      assertEquals(
          new Outcome.Exited(0), guests.run(module, Guests.invocation("_start", "")).outcome());
      first.countDown();
    }
  }
}
