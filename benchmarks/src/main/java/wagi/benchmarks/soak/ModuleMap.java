package wagi.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The configuration the server reads, which has another version with each reload. */
final class ModuleMap {
  private static final Path SOURCES = Path.of("benchmarks/soak");
  private static final String PLACE = "000000";

  /** How much of everything a reload leaks that is told to. */
  static final int LEAKED = 10;

  private final Path directory;
  private final boolean leak;

  /** Every answer to a request that starts now is at least of this version. */
  private volatile int least;

  /** And none is of a later version than this. */
  private volatile int most;

  /**
   * @param leak whether what a version added is kept by those that follow
   */
  ModuleMap(Path directory, boolean leak) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.leak = leak;
    write();
  }

  Path file() {
    return directory.resolve("modules.toml");
  }

  int least() {
    return least;
  }

  int most() {
    return most;
  }

  /** Writes the next version, which may be served from now on. */
  void next() throws IOException {
    most++;
    write();
  }

  /** The last version written is served. */
  void served() {
    least = most;
  }

  private void write() throws IOException {
    String version = String.format("%06d", most);
    String module = Files.readString(SOURCES.resolve("versioned.wat")).replace(PLACE, version);
    Files.writeString(directory.resolve("versioned-" + version + ".wat"), module);
    StringBuilder map =
        new StringBuilder(
            Files.readString(SOURCES.resolve("modules.toml")).replace(PLACE, version));
    if (leak) {
      map.append(leaked());
    } else if (most >= 2) {
      Files.deleteIfExists(directory.resolve(String.format("versioned-%06d.wat", most - 2)));
    }
    Path written = directory.resolve("modules.toml.new");
    Files.writeString(written, map);
    Files.move(written, file(), StandardCopyOption.REPLACE_EXISTING);
  }

  /** A guest that sleeps, and modules that no later version drops. */
  private String leaked() throws IOException {
    StringBuilder map = new StringBuilder("\n[[module]]\nroute = \"/sleep\"\n");
    map.append("module = \"benchmarks/soak/sleeper.wat\"\nlimits = { timeout = \"24h\" }\n");
    for (int old = 0; old < most * LEAKED; old++) {
      String version = String.format("%06d", old);
      String module = Files.readString(SOURCES.resolve("versioned.wat")).replace(PLACE, version);
      Files.writeString(directory.resolve("leaked-" + version + ".wat"), module);
      map.append("\n[[module]]\nroute = \"/leaked/").append(version).append('"');
      map.append("\nmodule = \"leaked-").append(version).append(".wat\"\n");
    }
    return map.toString();
  }
}
