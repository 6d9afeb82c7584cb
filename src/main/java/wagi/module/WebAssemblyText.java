package wagi.module;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.dylibso.chicory.log.Logger;
import com.dylibso.chicory.log.SystemLogger;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wabt.Wat2WasmModule;
import com.dylibso.chicory.wasi.WasiExitException;
import com.dylibso.chicory.wasi.WasiOptions;
import com.dylibso.chicory.wasi.WasiPreview1;
import com.dylibso.chicory.wasm.ChicoryException;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Translates the text format. Its library is loaded when the first text module is.
 *
 * <p>The library's own entry throws the translator's messages away, so its module is run here.
 */
final class WebAssemblyText {
  private static final int MAX_BYTES = 4 << 20;
  private static final Logger LOG = new SystemLogger();

  private WebAssemblyText() {}

  static byte[] toBinary(Path file, byte[] text) throws ModuleFileException {
    if (text.length > MAX_BYTES) {
      throw new ModuleFileException(
          file + " is neither a WebAssembly binary nor text of at most " + MAX_BYTES + " bytes");
    }
    Configuration unix = Configuration.unix().toBuilder().setAttributeViews("unix").build();
    ByteArrayOutputStream binary = new ByteArrayOutputStream();
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    try (FileSystem memory = Jimfs.newFileSystem(unix)) {
      Path folder = Files.createDirectory(memory.getPath("text"));
      Files.write(folder.resolve("module.wat"), text);
      run(folder, binary, messages);
    } catch (WasiExitException e) {
      throw new ModuleFileException(file + " is not WebAssembly text: " + readable(messages), e);
    } catch (IOException | ChicoryException e) {
      throw new ModuleFileException(file + " cannot be translated: " + e.getMessage(), e);
    }
    return binary.toByteArray();
  }

  private static void run(Path folder, ByteArrayOutputStream stdout, ByteArrayOutputStream stderr) {
    WasiOptions options =
        WasiOptions.builder()
            .withStdout(stdout)
            .withStderr(stderr)
            .withDirectory(folder.toString(), folder)
            .withArguments(
                List.of("wat2wasm", folder.resolve("module.wat").toString(), "--output=-"))
            .build();
    try (WasiPreview1 wasi = WasiPreview1.builder().withLogger(LOG).withOptions(options).build()) {
      ImportValues imports = ImportValues.builder().addFunction(wasi.toHostFunctions()).build();
      Instance.builder(Wat2WasmModule.load())
          .withMachineFactory(Wat2WasmModule::create)
          .withImportValues(imports)
          .build();
    }
  }

  /** Returns the first message, its position first, without the picture of the source below it. */
  private static String readable(ByteArrayOutputStream messages) {
    String first = messages.toString(UTF_8).lines().findFirst().orElse("no reason given");
    String plain = first.replaceAll("\u001b\\[[0-9;]*m", "");
    return plain.replaceFirst("^text/module\\.wat:", "");
  }
}
