package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import wagi.server.Await;

/** Guests that wait for memory, and those of their module that would only wait with them. */
final class GrowingTest {
  /** Four times as long is soon over, 999 times is not. */
  private static final long NOTICED_NANOS = TimeUnit.MILLISECONDS.toNanos(60);

  /** Waits for memory from its start until it is told. */
  private record Grower(CountDownLatch told, CompletableFuture<Outcome> end) implements Sink {
    Grower() {
      this(new CountDownLatch(1), new CompletableFuture<>());
    }

    @Override
    public void started(Permit permit) {
      permit.leaveToGrow(Integer.MAX_VALUE);
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
    public void ended(Outcome outcome) {
      end.complete(outcome);
    }
  }

  private static CountDownLatch grow(Guests guests, GuestModule module) {
    Grower grower = new Grower();
    guests.engine().submit(module, Guests.invocation("_start", ""), grower);
    return grower.told;
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

  @Test
  void guestThatHasMemoryAndWaitsToGoOnEndsWhenItIsTold() throws ModuleRefusedException {
    try (Guests guests = new Guests(1, 8)) {
      GuestModule module = guests.load("hello-c");
      Grower grower = new Grower();
      Submission submitted =
          guests.engine().submit(module, Guests.invocation("_start", ""), grower);
      Ticket ticket = assertInstanceOf(Ticket.class, submitted);
      Await.until("it waits for memory", () -> module.lane.growing == 1);
      try (PermitHolder holder = PermitHolder.of(guests)) {
        grower.told.countDown();
        Await.until("it waits to go on", () -> module.lane.returning.size() == 1);
        ticket.cancel();

        assertEquals(new Outcome.Cancelled(), grower.end.orTimeout(30, TimeUnit.SECONDS).join());
        assertEquals(1, holder.given().getCount());
      }
    }
  }

  @Test
  void moduleMostOfWhoseGuestsFailIsRefusedNewMemorySoonAgain() throws ModuleRefusedException {
    try (Guests guests = new Guests()) {
      GuestModule module = guests.load("grow");
      for (int i = 0; i < 8; i++) {
        module.lane.ended(true);
      }

      assertEquals(Set.of(Bound.NEW_MEMORY), heldToSoonAfter(guests, module));
    }
  }

  @Test
  void anyOtherModuleIsGivenAllThatItMayHave() throws ModuleRefusedException {
    try (Guests guests = new Guests()) {
      assertEquals(Set.of(Bound.MEMORY), heldToSoonAfter(guests, guests.load("grow")));
    }
  }

  private static Set<Bound> heldToSoonAfter(Guests guests, GuestModule module) {
    guests.engine().budget.making.made(NOTICED_NANOS);
    Guests.Recording grown = new Guests.Recording();
    guests.engine().submit(module, Guests.invocation("_start", ""), grown);
    return grown.bounds();
  }
}
