package wagi.engine;

import java.util.Arrays;
import java.util.Objects;

/** What is still in an instance's memory when it goes back to the pool. */
final class AtRest {
  private AtRest() {}

  static String leftovers() throws ModuleRefusedException {
    try (Guests guests = new Guests()) {
      return leftovers(guests.load("canary-tables").code);
    }
  }

  private static String leftovers(CompiledCode code) {
    MemoryBudget budget = new MemoryBudget(Long.MAX_VALUE, 0);
    GuestMemory memory = Objects.requireNonNull(code.newMemory(1 << 20, budget));
    WarmInstance instance = code.instantiateOn(memory);
    TestGuests.RecordingSink sink = new TestGuests.RecordingSink();
    Guest guest = TestGuests.guest(Guests.invocation("return", ""), 1, sink, 1);
    guest.use(memory);
    instance.call("return");
    instance.clear();
    TestGuests.end(guest);
    byte[] blank = new byte[memory.array().length];
    return (Arrays.equals(blank, memory.array()) ? "" : "bytes ")
        + (memory.guest() == null ? "" : "the guest");
  }
}
