package wagi.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plays each case of {@code src/test/resources/wasi}: {@code === name}, script, dashes, output. One
 * with a volume is played by each way of following paths that its volume allows.
 */
final class WasiGoldenTest {
  private static final Path CASES = Path.of("src/test/resources/wasi");

  private static final String WRITES = "writable ";

  private static Path box = Path.of("");

  @BeforeAll
  static void createVolume(@TempDir Path parent) throws IOException, InterruptedException {
    box = Volume.create(parent);
  }

  @TestFactory
  List<DynamicContainer> cases() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.sorted().map(WasiGoldenTest::file).toList();
    }
  }

  private static DynamicContainer file(Path file) {
    try {
      String text = Files.readString(file);
      List<DynamicTest> tests =
          Arrays.stream(text.split("(?m)^=== ", -1))
              .skip(1)
              .flatMap(test -> ways(test).map(way -> test(test, way)))
              .toList();
      return dynamicContainer(file.getFileName().toString(), tests);
    } catch (IOException e) {
      throw new IllegalStateException(file + " cannot be read", e);
    }
  }

  private static Stream<Beneath> ways(String test) {
    if (!test.contains("preopen ") && !test.contains(WRITES)) {
      return Stream.of(Beneath.OPENAT2);
    }
    return Arrays.stream(Beneath.values())
        .filter(way -> way.writeProblem() == null || !test.contains(WRITES));
  }

  /** Who changes a volume gets one alone. */
  private static Path box(String script) throws IOException, InterruptedException {
    return script.contains(WRITES)
        ? Volume.create(Files.createTempDirectory(box.getParent(), "case"))
        : box;
  }

  private static DynamicTest test(String text, Beneath way) {
    String name = text.lines().findFirst().orElse("");
    String[] parts = text.substring(name.length()).split("(?m)^---\n", 2);
    return dynamicTest(
        name + " by " + way,
        () -> assertEquals(parts[1].strip(), WasiScript.run(parts[0], box(parts[0]), way).strip()));
  }
}
