package wagi.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import wagi.module.ModuleFile;
import wagi.module.ModuleFileException;
import wagi.wasi.WasiPreview1;

/** Guests whose code comes from disk behave as those whose code was just compiled. */
final class CachedCodeTest {
  private static final List<String> GUESTS =
      List.of(
          "hello-c",
          "hello-rust",
          "files",
          "krustlet-wagi-demo-error",
          "exit-three",
          "grow",
          "grow-then-trap",
          "no-memory",
          "start-section",
          "start-section-host",
          "start-section-trap",
          "table-grow",
          "trap",
          "wasi-unstable");

  private final Path cache;

  CachedCodeTest(@TempDir Path directory) {
    cache = directory.resolve("code");
  }

  @TestFactory
  Stream<DynamicTest> cachedGuestDoesWhatTheCompiledOneDoes() {
    return GUESTS.stream().map(name -> dynamicTest(name, () -> same(name, Guests.bytes(name))));
  }

  /**
   * Loads and runs a module twice with each of two engines, the second of which compiles nothing.
   */
  private GuestModule same(String name, byte[] wasm) throws ModuleRefusedException {
    try (Guests first = new Guests(cache);
        Guests second = new Guests(cache)) {
      GuestModule compiled = first.engine().load(name, wasm, Guests.LIMITS, Instances.POOLED);
      GuestModule cached = second.engine().load(name, wasm, Guests.LIMITS, Instances.POOLED);
      Invocation invocation = Guests.invocation("_start", "");
      Guests.Said said = first.run(compiled, invocation);

      assertEquals(CodeOrigin.COMPILED, compiled.origin());
      assertEquals(CodeOrigin.CACHED, cached.origin());
      assertEquals(said, second.run(cached, invocation));
      assertEquals(said, second.run(cached, invocation));
      assertEquals(compiled.code.reuseObstacle(), cached.code.reuseObstacle());
      assertEquals(compiled.code.interpreted(), cached.code.interpreted());
      return cached;
    }
  }

  @Test
  void refusedImportIsRefusedWithCodeThatIsCached() throws ModuleRefusedException {
    same("wasi-unstable", Guests.bytes("wasi-unstable"));
    List<HostModule> hosts = List.of(WasiPreview1.module());
    try (Engine without = new Engine(new EngineSettings(1, 1, hosts, null, cache))) {
      byte[] wasm = Guests.bytes("wasi-unstable");
      ModuleRefusedException refused =
          assertThrows(
              ModuleRefusedException.class,
              () -> without.load("w", wasm, Guests.LIMITS, Instances.POOLED));
      String message = String.valueOf(refused.getMessage());
      assertTrue(message.startsWith("missing import: wasi_unstable."), message);
    }
  }

  @Test
  void functionTooLargeForTheJvmIsInterpretedAndWarnedOfAtEveryStart(@TempDir Path directory)
      throws IOException, ModuleFileException, ModuleRefusedException {
    byte[] wasm = withLargeFunction(directory, 14_000);
    try (RecordingLog log = RecordingLog.open()) {
      GuestModule cached = same("large", wasm);

      int bytes = cached.code.interpreted().getFirst().bytes();
      String warning =
          "module large has a function too large for a method of the JVM, interpreted and so many"
              + " times slower: function 1 ("
              + bytes
              + " bytes); split what is so large, or build for size";
      assertEquals(List.of(warning, warning), log.warnings());
    }
  }

  @Test
  void functionThatFitsIsNotWarnedOf(@TempDir Path directory)
      throws IOException, ModuleFileException, ModuleRefusedException {
    byte[] wasm = withLargeFunction(directory, 1_000);
    try (RecordingLog log = RecordingLog.open()) {
      assertEquals(List.of(), same("small", wasm).code.interpreted());
      assertEquals(List.of(), log.warnings());
    }
  }

  /** Exits with what a function of so many additions computes. */
  static byte[] withLargeFunction(Path directory, int additions)
      throws IOException, ModuleFileException {
    String text =
        """
        (module
          (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
          (memory (export "memory") 1)
          (func $large (result i32) (local i32)
        """
            + "(local.set 0 (i32.add (local.get 0) (i32.const 1000003)))\n".repeat(additions)
            + """
            (local.get 0))
          (func (export "_start") (call $exit (i32.and (call $large) (i32.const 63)))))
        """;
    Path file = directory.resolve("large.wat");
    Files.write(file, text.getBytes(UTF_8));
    return ModuleFile.read(file).wasm();
  }
}
