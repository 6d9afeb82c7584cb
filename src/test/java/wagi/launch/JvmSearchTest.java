package wagi.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each case: what is installed (every path under a root of its own), a line of dashes, the home
 * that is chosen or the sentence that says why none is.
 */
class JvmSearchTest {
  private static final Path CASES = Path.of("src/test/resources/launch/search");

  @TestFactory
  List<DynamicTest> cases(@TempDir Path machines) throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files
          .sorted()
          .map(file -> dynamicTest(file.getFileName().toString(), () -> check(file, machines)))
          .toList();
    }
  }

  private static void check(Path file, Path machines) throws IOException {
    String[] parts = Files.readString(file).split("---\n", -1);
    Path root = Files.createDirectory(machines.toRealPath().resolve(file.getFileName()));
    assertEquals(parts[1].strip(), found(machine(root, parts[0])).replace(root.toString(), ""));
  }

  private static String found(JvmSearch search) {
    try {
      return search.find().home().toString();
    } catch (NoFittingJvmException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static JvmSearch machine(Path root, String installed) throws IOException {
    Map<String, String> environment = new HashMap<>();
    List<Jvm> running = new ArrayList<>();
    List<Path> places = new ArrayList<>();
    for (String line : installed.lines().toList()) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "running" ->
            running.add(new Jvm(path(root, words[1]), Runtime.Version.parse(words[2])));
        case "jvm" -> {
          executable(path(root, words[1]));
          release(path(root, words[1]), words[2]);
        }
        case "release" -> release(path(root, words[1]), words[2]);
        case "link" -> {
          Path link = path(root, words[1]);
          Files.createDirectories(link.getParent());
          Files.createSymbolicLink(link, path(root, words[2]));
        }
        case "place" -> places.add(path(root, words[1]));
        case "environment" -> {
          String[] variable = words[1].split("=", 2);
          environment.put(
              variable[0], variable[1].isEmpty() ? "" : path(root, variable[1]).toString());
        }
        default -> throw new IllegalArgumentException(line);
      }
    }
    return new JvmSearch(environment, running.getFirst(), places);
  }

  private static Path path(Path root, String absolute) {
    return root.resolve(absolute.substring(1));
  }

  private static void executable(Path home) throws IOException {
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("bin/java"), "");
    home.resolve("bin/java").toFile().setExecutable(true);
  }

  private static void release(Path home, String version) throws IOException {
    Files.createDirectories(home);
    if (!version.equals("-")) {
      Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    }
  }
}
