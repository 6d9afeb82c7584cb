package wagi.launch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** An installed JVM; what its {@code release} file says is believed, starting it would be slow. */
record Jvm(Path home, Runtime.Version version) {
  static final int NEEDED_FEATURE = 25;

  private static final String VERSION_KEY = "JAVA_VERSION=";
  private static final long RELEASE_BYTES_MAX = 64 * 1024;

  static Jvm running() {
    return new Jvm(Path.of(System.getProperty("java.home")), Runtime.version());
  }

  /** Empty where no JVM can be started or its version is not told; links are followed. */
  static Optional<Jvm> at(Path link) {
    try {
      Path home = link.toRealPath();
      if (!Files.isExecutable(executable(home))) {
        return Optional.empty();
      }
      return release(home).flatMap(Jvm::versionIn).map(version -> new Jvm(home, version));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> release(Path home) throws IOException {
    Path file = home.resolve("release");
    if (Files.size(file) > RELEASE_BYTES_MAX) {
      return Optional.empty();
    }
    return Optional.of(Files.readString(file, ISO_8859_1));
  }

  /** The version in a {@code release} file, for example {@code JAVA_VERSION="25.0.3"}. */
  static Optional<Runtime.Version> versionIn(String release) {
    return release
        .lines()
        .filter(line -> line.startsWith(VERSION_KEY))
        .map(line -> line.substring(VERSION_KEY.length()).replace("\"", "").strip())
        .findFirst()
        .flatMap(Jvm::parse);
  }

  private static Optional<Runtime.Version> parse(String version) {
    boolean beforeNine = version.startsWith("1.");
    String number = beforeNine ? version.substring(2).replaceFirst("\\D.*", "") : version;
    try {
      return Optional.of(Runtime.Version.parse(number));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  Path executable() {
    return executable(home);
  }

  private static Path executable(Path home) {
    Path windows = home.resolve("bin/java.exe");
    return Files.exists(windows) ? windows : home.resolve("bin/java");
  }

  boolean fits() {
    return version.feature() >= NEEDED_FEATURE;
  }

  /** For messages: version and place, without the build's number. */
  @Override
  public String toString() {
    return version.toString().replaceFirst("\\+.*", "") + " in " + home;
  }
}
