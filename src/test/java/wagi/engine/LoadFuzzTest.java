package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wagi.Fuzz;
import wagi.Mutated;
import wagi.wasi.WasiPreview1;
import wagi.wasi.WasiUnstable;

/** Any bytes are refused with a reason, or a module that runs within its limits. */
@Timeout(value = 2, unit = TimeUnit.HOURS)
final class LoadFuzzTest {
  private static final int SMALLEST_EXAMPLE = 8;
  private static final int LARGEST_EXAMPLE = 5000;

  private static final Limits LIMITS =
      new Limits(
          Duration.ofMillis(100),
          4,
          Duration.ofSeconds(5),
          4 << 20,
          1 << 20,
          64 << 10,
          16,
          128 << 10,
          8);

  /** Opcodes, types, sections and numbers that mean something to a module. */
  private static final List<String> WORDS =
      List.of(
          "0061736d01000000",
          "00",
          "0b",
          "0000",
          "0b0b",
          "7f",
          "7e",
          "7d",
          "7c",
          "7b",
          "70",
          "6f",
          "ffffffff0f",
          "8080808008",
          "ffffffffffffffffff01",
          "808080808000",
          "0240",
          "0340",
          "0440",
          "05",
          "0c00",
          "0d00",
          "0e0000",
          "0f",
          "1000",
          "110000",
          "1a",
          "1b",
          "1c017f",
          "2000",
          "2300",
          "2400",
          "2500",
          "2600",
          "280200",
          "3f00",
          "4000",
          "4100",
          "4200",
          "41ffffffff07",
          "fc080000",
          "fc0900",
          "fc0a0000",
          "fc0b00",
          "fc0f00",
          "fd0c",
          "fe00",
          "d070",
          "d200",
          "0601",
          "0800",
          "1f40",
          "6d",
          "6f",
          "7a",
          "60000000",
          "01046000");

  private final ModuleInspection inspection =
      new ModuleInspection(List.of(WasiPreview1.module(), WasiUnstable.module()));

  @Test
  void anyBytesAreRefusedWithAReasonOrRunWithinLimits() throws IOException {
    List<byte[]> examples = new ArrayList<>();
    for (String name : Corpus.names()) {
      byte[] bytes = Guests.bytes(name);
      if (bytes.length > SMALLEST_EXAMPLE && bytes.length <= LARGEST_EXAMPLE) {
        examples.add(bytes);
      }
    }
    Mutated changed =
        new Mutated(examples, WORDS.stream().map(word -> HexFormat.of().parseHex(word)).toList());
    try (Guests guests = new Guests()) {
      Fuzz.bytes(
          250,
          random -> random.nextBoolean() ? changed.generate(random) : touched(examples, random),
          (wasm, random) -> check(guests, wasm, random));
    }
  }

  /** Changes single bytes: lengths stay right, so that more comes past the parser. */
  private static byte[] touched(List<byte[]> examples, SplittableRandom random) {
    byte[] bytes = examples.get(random.nextInt(examples.size())).clone();
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(SMALLEST_EXAMPLE, bytes.length);
      int by = random.nextBoolean() ? bytes[at] ^ (1 << random.nextInt(8)) : random.nextInt(256);
      bytes[at] = (byte) by;
    }
    return bytes;
  }

  private void check(Guests guests, byte[] wasm, SplittableRandom random) {
    String refusal = run(guests, wasm);
    if (refusal != null) {
      assertFalse(refusal.isBlank(), "refused without a reason");
      assertFalse(refusal.endsWith("null"), refusal);
    }
    if (random.nextInt(4) == 0) {
      String inspected = inspection.inspect(wasm, "digest").refusal();
      if (refusal != null && !refusal.contains("limit")) {
        assertEquals(refusal, inspected);
      }
    }
  }

  /** Returns why the module is refused; null if it was run. */
  private static @Nullable String run(Guests guests, byte[] wasm) {
    GuestModule module;
    try {
      module = guests.engine().load("fuzz", wasm, LIMITS, Instances.POOLED);
    } catch (ModuleRefusedException e) {
      return String.valueOf(e.getMessage());
    }
    for (int i = 0; i < 2 && module.entrypointProblem("_start") == null; i++) {
      Outcome outcome = guests.run(module, Guests.invocation("_start", "body")).outcome();
      if (outcome instanceof Outcome.HostFailed(Throwable cause)) {
        throw new AssertionError("the host failed", cause);
      }
    }
    return null;
  }
}
