package wagi.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A module map for a module file that stands in none. */
final class SingleModule {
  private SingleModule() {}

  static Path map(String file) throws CommandFailure {
    Path module = Path.of(file).toAbsolutePath();
    if (!Files.isRegularFile(module)) {
      throw CommandFailure.usage(file + " is not a file; usage: call [FILE] [PATH]");
    }
    String name = module.toString().replace("\\", "\\\\").replace("\"", "\\\"");
    try {
      Path map = Files.createTempFile("wagi-call-", ".toml");
      map.toFile().deleteOnExit();
      Files.writeString(map, "[[module]]\nroute = \"/...\"\nmodule = \"" + name + "\"\n");
      return map;
    } catch (IOException e) {
      throw new UncheckedIOException("writing a module map", e);
    }
  }
}
