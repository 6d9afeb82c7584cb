package wagi.config;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A date fits no key, so every key that is listed and read has something to say about one. */
final class SectionTest {
  private static final Set<String> OF_FRAGMENTS = Set.of("order", "source", "generation");

  @TestFactory
  Stream<DynamicTest> everyListedKeyIsRead(@TempDir Path directory) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Section section : Section.values()) {
      for (String key : section.keys) {
        tests.add(
            DynamicTest.dynamicTest(
                section.title + " " + key, () -> assertRead(directory, section, key)));
      }
    }
    return tests.stream();
  }

  private static void assertRead(Path directory, Section section, String key) throws IOException {
    Path file = directory.resolve(section.name() + "-" + key + ".d").resolve("modules.toml");
    Path parent = Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text(section, key + " = 1979-05-27\n"));
    ConfigSources sources = ConfigSources.in(parent);
    ConfigSources named =
        OF_FRAGMENTS.contains(key)
            ? sources.withConfDir(parent)
            : sources.withConfig(Path.of("modules.toml"));
    ConfigException e = assertThrows(ConfigException.class, () -> ConfigReader.read(named));
    assertTrue(
        e.problems().stream().anyMatch(p -> p.message().contains("1979-05-27")),
        String.valueOf(e.getMessage()));
  }

  private static String text(Section section, String line) {
    return switch (section) {
      case ROOT -> line;
      case SERVER, LIMITS, LOG, TLS, TLS_SNI, LISTENER, LIMITS_MAX, MODULE ->
          section.title + "\n" + line;
      case MODULE_LIMITS -> "[[module]]\n" + section.title + "\n" + line;
      case SMOKE -> "[[module]]\n[module.smoke]\n" + line;
      case VOLUME -> "[[module]]\n[module.volumes.\"/x\"]\n" + line;
    };
  }
}
