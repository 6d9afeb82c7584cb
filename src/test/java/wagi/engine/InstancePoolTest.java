package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import wagi.server.Await;

/** What idle instances keep, and for how long. */
final class InstancePoolTest {
  /** Of what a guest may have that grows until it is refused. */
  private static final int HALF = (int) Guests.LIMITS.memoryBytes() / 2;

  private static final int QUARTER = HALF / 2;

  @Test
  void memoryOfAnIdleInstanceIsCounted() throws ModuleRefusedException {
    try (Guests guests = new Guests()) {
      GuestModule module = guests.load("hello-c");
      assertEquals(
          new Outcome.Exited(0), guests.run(module, Guests.invocation("_start", "")).outcome());

      assertTrue(guests.engine().memoryBytes() > 0);
      assertEquals("hello-c", module.name());
    }
  }

  @Test
  void guestThatTrapsLeavesItsMemoryToTheNext() throws ModuleRefusedException {
    try (Guests guests = new Guests()) {
      assertInstanceOf(Outcome.Trapped.class, guests.run("trap").outcome());

      assertTrue(guests.engine().memoryBytes() > 0);
    }
  }

  @Test
  void guestThatExhaustsTheStackLeavesNothing() throws ModuleRefusedException {
    try (Guests guests = new Guests()) {
      assertInstanceOf(Outcome.StackExhausted.class, guests.run("recurse").outcome());

      assertEquals(0, guests.engine().memoryBytes());
    }
  }

  @Test
  void idleInstanceLeavesItsMemoryToAGuestThatWaitsForAsMuch() throws ModuleRefusedException {
    try (Guests guests = new Guests()) {
      GuestModule module = guests.load("grow");
      assertEquals(new Outcome.Exited(0), run(guests, module));
      SpareArrays spares = guests.engine().budget.spares;

      module.pool.wants(QUARTER);
      assertFalse(spares.has(HALF));
      module.pool.wants(HALF);
      assertTrue(spares.has(HALF));
    }
  }

  @Test
  void guestThatEndsLeavesItsMemoryToOneOfItsModuleThatWaitsForAsMuch()
      throws ModuleRefusedException {
    try (Guests guests = new Guests()) {
      GuestModule module = guests.load("grow");
      SpareArrays spares = guests.engine().budget.spares;

      module.pool.wants(HALF);
      assertEquals(new Outcome.Exited(0), run(guests, module));
      assertTrue(spares.has(HALF));
    }
  }

  @Test
  void guestThatEndsKeepsItsMemoryForTheNextWhenNobodyWaitsForAsMuch()
      throws ModuleRefusedException {
    try (Guests guests = new Guests()) {
      GuestModule module = guests.load("grow");

      module.pool.wants(QUARTER);
      module.pool.wants(HALF);
      module.pool.wantsNot(HALF);
      assertEquals(new Outcome.Exited(0), run(guests, module));
      assertFalse(guests.engine().budget.spares.has(HALF));
    }
  }

  @Test
  void guestThatEndsLeavesNothingToOtherModules() throws ModuleRefusedException {
    try (Guests guests = new Guests()) {
      guests.load("loop").pool.wants(HALF);
      assertEquals(new Outcome.Exited(0), run(guests, guests.load("grow")));

      assertFalse(guests.engine().budget.spares.has(HALF));
    }
  }

  private static Outcome run(Guests guests, GuestModule module) {
    return guests.run(module, Guests.invocation("_start", "")).outcome();
  }

  @Test
  void memoryOfAModuleThatNobodyHasAnyMoreIsGivenBack() throws ModuleRefusedException {
    try (Guests guests = new Guests()) {
      assertEquals(new Outcome.Exited(0), guests.run("hello-c").outcome());
      assertEquals(new Outcome.Exited(0), guests.run("hello-rust").outcome());

      Await.until(
          "nothing is counted",
          () -> {
            System.gc();
            return guests.engine().memoryBytes() == 0;
          });
    }
  }
}
