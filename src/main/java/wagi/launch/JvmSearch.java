package wagi.launch;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Picks a JVM: the first place that has a fitting one, and the newest of that place.
 *
 * @param places directories that hold a JVM per entry
 */
record JvmSearch(Map<String, String> environment, Jvm running, List<Path> places) {
  private static final String OWN_VARIABLE = "WAGI_JAVA_HOME";
  private static final int REPORTED_MAX = 5;

  static JvmSearch ofThisMachine() {
    Path user = Path.of(System.getProperty("user.home"));
    return new JvmSearch(
        System.getenv(),
        Jvm.running(),
        List.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/opt/java"),
            user.resolve(".sdkman/candidates/java"),
            user.resolve(".jdks"),
            Path.of("/Library/Java/JavaVirtualMachines")));
  }

  Jvm find() throws NoFittingJvmException {
    String own = environment.getOrDefault(OWN_VARIABLE, "");
    if (!own.isEmpty()) {
      return named(own);
    }
    List<Jvm> installed = installed();
    return installed.stream().filter(Jvm::fits).findFirst().orElseThrow(() -> nothing(installed));
  }

  /** Every JVM that is found, best first. */
  List<Jvm> installed() {
    List<Jvm> found = new ArrayList<>();
    at(environment.getOrDefault("JAVA_HOME", "")).ifPresent(found::add);
    found.add(running);
    places.forEach(place -> found.addAll(newestFirst(place)));
    return found;
  }

  private static Jvm named(String home) throws NoFittingJvmException {
    Optional<Jvm> named = at(home);
    if (named.isEmpty()) {
      throw new NoFittingJvmException(
          "%s=%s is not the home of a JVM, expected bin/java and a file 'release' with JAVA_VERSION: set it to the home of a JDK %d or newer, or unset it"
              .formatted(OWN_VARIABLE, home, Jvm.NEEDED_FEATURE));
    }
    if (!named.get().fits()) {
      throw new NoFittingJvmException(
          "%s names Java %s, expected Java %d or newer: set it to the home of one, or unset it"
              .formatted(OWN_VARIABLE, named.get(), Jvm.NEEDED_FEATURE));
    }
    return named.get();
  }

  private static NoFittingJvmException nothing(List<Jvm> installed) {
    String found =
        installed.stream().map(Jvm::toString).distinct().limit(REPORTED_MAX).collect(joining(", "));
    return new NoFittingJvmException(
        "needs Java %d or newer, found only Java %s: install a JDK %1$d, or set %s to the home of one"
            .formatted(Jvm.NEEDED_FEATURE, found, OWN_VARIABLE));
  }

  private static Optional<Jvm> at(String home) {
    if (home.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Jvm.at(Path.of(home));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static List<Jvm> newestFirst(Path place) {
    List<Jvm> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(place)) {
      for (Path entry : entries) {
        Jvm.at(entry).or(() -> Jvm.at(entry.resolve("Contents/Home"))).ifPresent(found::add);
      }
    } catch (IOException e) {
      return List.of();
    }
    found.sort(comparing(Jvm::version).reversed().thenComparing(Jvm::home));
    return found;
  }
}
