package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Compiled code is shared by all modules of the same bytes. */
final class CompileOnceTest {
  @Test
  void sameBytesOnTenRoutesCompileOnce() throws ModuleRefusedException {
    try (Guests guests = new Guests()) {
      Set<CompiledCode> codes = new HashSet<>();
      for (int i = 0; i < 10; i++) {
        byte[] bytes = Guests.bytes("hello-c");
        codes.add(guests.engine().load("route-" + i, bytes, Guests.LIMITS, Instances.POOLED).code);
      }
      assertEquals(1, codes.size());
    }
  }

  @Test
  void otherBytesCompileAnew() throws ModuleRefusedException {
    try (Guests guests = new Guests()) {
      Set<CompiledCode> codes = new HashSet<>();
      codes.add(guests.load("cookies").code);
      codes.add(guests.load("crlf").code);

      assertEquals(2, codes.size());
    }
  }
}
