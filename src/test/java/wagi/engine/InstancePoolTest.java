package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import wagi.server.Await;

/** What idle instances keep, and for how long. */
final class InstancePoolTest {
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
