package wagi.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The modules that are served when nobody says which. */
final class Demo {
  private static final List<String> FILES =
      List.of(
          "modules.toml",
          "krustlet-wagi-demo-hello.wasm",
          "environment.wasm",
          "echo.wasm",
          "error.wasm");

  private Demo() {}

  /** Copies the demo out of the jar and returns its module map. */
  static Path unpack() {
    try {
      Path folder = Files.createTempDirectory("wagi-demo-");
      for (String name : FILES) {
        Path file = folder.resolve(name);
        try (InputStream in = Demo.class.getResourceAsStream("/demo/" + name)) {
          if (in == null) {
            throw new IllegalStateException("the jar lacks demo/" + name);
          }
          Files.copy(in, file);
        }
        file.toFile().deleteOnExit();
      }
      folder.toFile().deleteOnExit();
      return folder.resolve("modules.toml");
    } catch (IOException e) {
      throw new UncheckedIOException("unpacking the demo", e);
    }
  }
}
