package wagi.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wagi.module.ModuleFileException;
import wagi.wasi.WasiPreview1;

final class ModuleInspectionTest {
  private static final ModuleInspection INSPECTION =
      new ModuleInspection(List.of(WasiPreview1.module()));

  private static ModuleReport report(byte[] wasm) {
    return INSPECTION.inspect(wasm, "sha256:0");
  }

  @Test
  void producersAreThoseOfTheSection() {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    name(content, "producers");
    content.write(2);
    name(content, "language");
    content.write(1);
    name(content, "Rust");
    name(content, "");
    name(content, "processed-by");
    content.write(2);
    name(content, "rustc");
    name(content, "1.91.0");
    name(content, "wasm-opt");
    name(content, "version 116");

    assertEquals(
        List.of(
            new ModuleReport.Producer("language", "Rust", ""),
            new ModuleReport.Producer("processed-by", "rustc", "1.91.0"),
            new ModuleReport.Producer("processed-by", "wasm-opt", "version 116")),
        report(withCustomSection(content.toByteArray())).producers());
  }

  @Test
  void brokenProducersHideNothingElse() {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    name(content, "producers");
    content.write(100);
    ModuleReport report = report(withCustomSection(content.toByteArray()));

    assertEquals(List.of(), report.producers());
    assertEquals(List.of("_start"), report.entrypoints());
    assertNull(report.refusal());
  }

  private static byte[] withCustomSection(byte[] content) {
    ByteArrayOutputStream wasm = new ByteArrayOutputStream();
    wasm.writeBytes(Guests.bytes("trap"));
    wasm.write(0);
    wasm.write(content.length);
    wasm.writeBytes(content);
    return wasm.toByteArray();
  }

  private static void name(ByteArrayOutputStream out, String name) {
    out.write(name.length());
    out.writeBytes(name.getBytes(UTF_8));
  }

  @Test
  void largestFunctionHasItsName() {
    FunctionSize largest = report(Guests.bytes("trap")).sizes().largestFunction();

    assertNotNull(largest);
    assertEquals("middle", largest.name());
  }

  @Test
  void functionTooLargeForTheJvmIsNamed(@TempDir Path directory)
      throws IOException, ModuleFileException {
    ModuleReport report = report(CachedCodeTest.withLargeFunction(directory, 14_000));

    assertEquals(
        List.of("function 1"), report.interpreted().stream().map(FunctionSize::name).toList());
    assertNull(report.refusal());
  }

  @Test
  void moduleCutAnywhereIsReportedAsFarAsItGoes() {
    byte[] whole = Guests.bytes("missing-import");
    for (int length = 0; length < whole.length; length++) {
      ModuleReport report = report(Arrays.copyOf(whole, length));
      assertEquals(length, report.sizes().bytes());
      assertNotNull(report.refusal(), "of " + length);
    }
  }

  @Test
  void changedByteIsReportedOrRefusedButNeverAnAccident() {
    byte[] whole = Guests.bytes("krustlet-wagi-demo-hello");
    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= (byte) (1 << (at % 8));
      assertEquals(whole.length, report(changed).sizes().bytes());
    }
  }
}
