package wagi.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

final class ConfigGoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/config");

  @TestFactory
  Stream<DynamicNode> cases(@TempDir Path directory) throws IOException {
    List<DynamicNode> nodes = new ArrayList<>();
    for (Path golden : golden()) {
      List<DynamicTest> tests = new ArrayList<>();
      for (ConfigCase each : ConfigCase.read(golden)) {
        tests.add(
            DynamicTest.dynamicTest(
                each.name(),
                () -> assertEquals(each.expected(), each.run(fresh(directory, each.name())))));
      }
      nodes.add(DynamicContainer.dynamicContainer(String.valueOf(golden.getFileName()), tests));
    }
    return nodes.stream();
  }

  @Test
  void namesAreUnique() throws IOException {
    Set<String> names = new HashSet<>();
    for (Path golden : golden()) {
      for (ConfigCase each : ConfigCase.read(golden)) {
        assertTrue(names.add(each.name()), each.name());
      }
    }
  }

  private static Path fresh(Path directory, String name) throws IOException {
    return Files.createDirectory(directory.resolve(name)).toRealPath();
  }

  private static List<Path> golden() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      return files.filter(file -> file.toString().endsWith(".configtest")).sorted().toList();
    }
  }
}
