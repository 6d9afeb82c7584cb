package wagi.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small files that ask for much when they are loaded. */
final class CompileBombTest {
  private static final Guests GUESTS = new Guests();
  private static final long PATIENCE_SECONDS = 20;

  private static final int I32 = 0x7f;
  private static final int BLOCK = 0x02;
  private static final int IF = 0x04;
  private static final int END = 0x0b;
  private static final int BR_TABLE = 0x0e;
  private static final int CONST = 0x41;
  private static final int EMPTY = 0x40;

  @AfterAll
  static void close() {
    GUESTS.close();
  }

  @TestFactory
  Stream<DynamicTest> bombIsRefusedInTimeAndGuestsRunOn() {
    return Stream.of(
        refused("50,000 locals", "10000", () -> module(locals(1, 50_000))),
        refused("4,294,967,295 locals", "10000", () -> module(locals(1, -1))),
        refused(
            "10,000 locals in each of 20,000 functions",
            "more than 220003 locals",
            () -> many(20_000, locals(1, 10_000))),
        refused("br_table of 1,000,000", "65520", () -> module(table(1_000_000))),
        refused(
            "br_table of 4,294,967,295",
            "not a valid module",
            () -> module(body(w -> w.raw(CONST, 0, BR_TABLE).u32(-1)))),
        refused("10,000 blocks in each other", "1000", () -> module(nested(BLOCK, 10_000))),
        refused("10,000 conditions in each other", "1000", () -> module(nested(IF, 10_000))),
        refused("100,001 functions", "100000", () -> many(100_001, locals(1, 0))),
        refused("a function of 8,000,000 bytes", "7654321", () -> module(nops(8_000_000))),
        refused("a type of 10,000 parameters", "1000", () -> parameters(10_000)));
  }

  /** A section that says it has as many entries as can be written, and has none. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 6, 7, 9, 10, 11})
  void sectionThatPromisesMoreThanItHasIsRefused(int section) throws ModuleRefusedException {
    byte[] wasm =
        WasmWriter.module().raw(section).sized(new WasmWriter().u32(-1).toBytes()).toBytes();
    assertTrue(answer(wasm).startsWith("not a valid module"), answer(wasm));
  }

  @TestFactory
  Stream<DynamicTest> largeModuleIsLoadedInTimeAndGuestsRunOn() {
    return Stream.of(
        loaded("1,000 blocks in each other", () -> module(nested(BLOCK, 1_000))),
        loaded("100,000 groups of no locals", () -> module(locals(100_000, 0))),
        loaded("br_table of 20,000", () -> module(table(20_000))),
        loaded("10 functions too large for the JVM", () -> many(10, calls(20_000))),
        loaded("100 blocks of 1,000 results", () -> blocks(100)));
  }

  private static DynamicTest refused(String name, String reason, Supplier<byte[]> wasm) {
    return dynamicTest(
        name,
        () -> {
          String answer = answer(wasm.get());
          assertTrue(answer.contains(reason), answer);
        });
  }

  private static DynamicTest loaded(String name, Supplier<byte[]> wasm) {
    return dynamicTest(name, () -> assertEquals("loaded", answer(wasm.get())));
  }

  private static String answer(byte[] wasm) throws ModuleRefusedException {
    long start = System.nanoTime();
    String answer = "loaded";
    try {
      GUESTS.engine().load("bomb", wasm, Guests.LIMITS, Instances.POOLED);
    } catch (ModuleRefusedException e) {
      answer = String.valueOf(e.getMessage());
    }
    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    assertTrue(seconds < PATIENCE_SECONDS, "took " + seconds + " s");
    assertEquals(new Outcome.Exited(0), GUESTS.run("exit-zero").outcome());
    return answer;
  }

  private interface Code {
    void write(WasmWriter to);
  }

  private static WasmWriter body(Code code) {
    WasmWriter body = new WasmWriter().raw(0);
    code.write(body);
    return new WasmWriter().sized(body.raw(END).toBytes());
  }

  private static WasmWriter locals(int groups, int each) {
    WasmWriter body = new WasmWriter().u32(groups);
    for (int i = 0; i < groups; i++) {
      body.u32(each).raw(I32);
    }
    return new WasmWriter().sized(body.raw(END).toBytes());
  }

  private static WasmWriter table(int entries) {
    return body(
        w -> {
          w.raw(CONST, 0, BR_TABLE).u32(entries);
          for (int i = 0; i <= entries; i++) {
            w.raw(0);
          }
        });
  }

  private static WasmWriter nested(int opcode, int depth) {
    return body(
        w -> {
          for (int i = 0; i < depth; i++) {
            if (opcode == IF) {
              w.raw(CONST, 0);
            }
            w.raw(opcode, EMPTY);
          }
          for (int i = 0; i < depth; i++) {
            w.raw(END);
          }
        });
  }

  private static WasmWriter calls(int times) {
    return body(
        w -> {
          for (int i = 0; i < times; i++) {
            w.raw(0x10, 0);
          }
        });
  }

  private static WasmWriter nops(int times) {
    return body(w -> w.bytes("\1".repeat(times).getBytes(UTF_8)));
  }

  private static byte[] parameters(int count) {
    WasmWriter type = new WasmWriter().raw(0x60).sized("\177".repeat(count).getBytes(UTF_8)).raw(0);
    return WasmWriter.module()
        .section(1, List.of(type))
        .section(3, List.of(new WasmWriter().raw(0)))
        .section(10, List.of(locals(1, 0)))
        .toBytes();
  }

  private static byte[] blocks(int count) {
    WasmWriter thousand = new WasmWriter().raw(0x60, 0).sized("\177".repeat(1_000).getBytes(UTF_8));
    WasmWriter start = new WasmWriter().raw(0x60, 0, 0);
    WasmWriter body =
        body(
            w -> {
              for (int i = 0; i < count; i++) {
                w.raw(BLOCK, EMPTY, BLOCK, 0, 0, END, 0, END);
              }
            });
    return WasmWriter.module()
        .section(1, List.of(thousand, start))
        .section(3, List.of(new WasmWriter().raw(1)))
        .section(7, List.of(new WasmWriter().name("_start").raw(0, 0)))
        .section(10, List.of(body))
        .toBytes();
  }

  private static byte[] module(WasmWriter body) {
    return many(1, body);
  }

  private static byte[] many(int functions, WasmWriter body) {
    return WasmWriter.module()
        .section(1, List.of(new WasmWriter().raw(0x60, 0, 0)))
        .section(3, Collections.nCopies(functions, new WasmWriter().raw(0)))
        .section(7, List.of(new WasmWriter().name("_start").raw(0, 0)))
        .section(10, Collections.nCopies(functions, body))
        .toBytes();
  }
}
