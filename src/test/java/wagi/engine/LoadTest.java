package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class LoadTest {
  private static final Guests GUESTS = new Guests();

  @AfterAll
  static void close() {
    GUESTS.close();
  }

  /** Each line: a guest, a colon, what loading it says. */
  @TestFactory
  Stream<DynamicTest> refusalSaysWhyAndWhatToDo() throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/engine/refusals.txt")).stream()
        .map(line -> line.split(": ", 2))
        .map(
            pair ->
                dynamicTest(
                    pair[0],
                    () -> {
                      ModuleRefusedException refused =
                          assertThrows(ModuleRefusedException.class, () -> GUESTS.load(pair[0]));
                      assertEquals(pair[1], refused.getMessage());
                    }));
  }

  @Test
  void textIsNoBinary() {
    byte[] text = "(module)".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    ModuleRefusedException refused =
        assertThrows(
            ModuleRefusedException.class,
            () -> GUESTS.engine().load("t", text, Guests.LIMITS, Instances.POOLED));

    assertEquals("not a WebAssembly binary: it does not begin with \\0asm", refused.getMessage());
  }

  @Test
  void branchToALabelThatIsNotThereIsMalformed() {
    assertEquals("not a valid module: its code is malformed", refusalOfCode("0c020b"));
  }

  @Test
  void endWithoutBlockIsMalformed() {
    assertEquals("not a valid module: its code is malformed", refusalOfCode("010b0b"));
  }

  @Test
  void elseInABlockIsRefused() {
    assertEquals("not a valid module: else doesn't belong to if", refusalOfCode("024005" + "0b0b"));
  }

  private static String refusalOfCode(String instructions) {
    String size = "%02x".formatted(instructions.length() / 2 + 1);
    String sectionSize = "%02x".formatted(instructions.length() / 2 + 3);
    byte[] wasm =
        HexFormat.of()
            .parseHex(
                "0061736d01000000"
                    + "010401600000"
                    + "03020100"
                    + ("0a" + sectionSize + "01" + size + "00")
                    + instructions);
    ModuleRefusedException refused =
        assertThrows(
            ModuleRefusedException.class,
            () -> GUESTS.engine().load("t", wasm, Guests.LIMITS, Instances.POOLED));
    return String.valueOf(refused.getMessage());
  }

  @Test
  void cutModuleIsRefusedOrShorterButNeverAnAccident() {
    byte[] whole = Guests.bytes("krustlet-wagi-demo-hello");
    int refused = 0;
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      try {
        GUESTS.engine().load("cut", cut, Guests.LIMITS, Instances.POOLED);
      } catch (ModuleRefusedException e) {
        refused++;
      }
    }
    assertTrue(refused > whole.length / 2, refused + " of " + whole.length);
  }

  @Test
  void missingEntrypointNamesWhatThereIs() throws ModuleRefusedException {
    assertEquals(
        "has no function nope to start; its functions: _start",
        GUESTS.load("krustlet-wagi-demo-hello").entrypointProblem("nope"));
  }

  @Test
  void entrypointWithParametersIsRefused() throws ModuleRefusedException {
    String problem = GUESTS.load("entrypoint-with-parameter").entrypointProblem("_start");

    assertTrue(
        problem != null && problem.contains("expected no parameters"), String.valueOf(problem));
  }

  @Test
  void goodEntrypointHasNoProblem() throws ModuleRefusedException {
    assertNull(GUESTS.load("entrypoints").entrypointProblem("ep1"));
  }

  @Test
  void otherEntrypointsRun() throws ModuleRefusedException {
    GuestModule module = GUESTS.load("entrypoints");

    String said = GUESTS.run(module, Guests.invocation("ep2", "")).stdout();

    assertTrue(said.contains("Entrypoint 2"), said);
  }

  @Test
  void reactorIsInitialisedBeforeItsFunctionRuns() throws ModuleRefusedException {
    GuestModule module = GUESTS.load("reactor");

    Guests.Said first = GUESTS.run(module, Guests.invocation("handle", ""));
    Guests.Said second = GUESTS.run(module, Guests.invocation("handle", ""));

    assertTrue(first.stdout().contains("initialized"), first.stdout());
    assertEquals(first, second);
  }

  @Test
  void olderWasiRuns() throws ModuleRefusedException {
    assertEquals(new Outcome.Exited(0), GUESTS.run("wasi-unstable").outcome());
  }
}
