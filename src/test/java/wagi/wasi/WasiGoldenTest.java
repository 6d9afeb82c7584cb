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

/** Plays each case of {@code src/test/resources/wasi}: {@code === name}, script, dashes, output. */
final class WasiGoldenTest {
  private static final Path CASES = Path.of("src/test/resources/wasi");

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
          Arrays.stream(text.split("(?m)^=== ", -1)).skip(1).map(WasiGoldenTest::test).toList();
      return dynamicContainer(file.getFileName().toString(), tests);
    } catch (IOException e) {
      throw new IllegalStateException(file + " cannot be read", e);
    }
  }

  private static DynamicTest test(String text) {
    String name = text.lines().findFirst().orElse("");
    String[] parts = text.substring(name.length()).split("(?m)^---\n", 2);
    return dynamicTest(
        name, () -> assertEquals(parts[1].strip(), WasiScript.run(parts[0], box).strip()));
  }
}
