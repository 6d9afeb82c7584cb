package wagi.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import wagi.Fuzz;
import wagi.Mutated;

/** Any text is a configuration, or has problems that say where. */
@Timeout(value = 2, unit = TimeUnit.HOURS)
final class ConfigFuzzTest {
  private static final List<String> TOML_WORDS =
      List.of(
          "\n",
          "\r\n",
          "=",
          "[",
          "]",
          "[[",
          "]]",
          "{",
          "}",
          ",",
          ".",
          "\"",
          "\"\"\"",
          "'",
          "'''",
          "#",
          "\\",
          "\\u0000",
          "\\uD800",
          "\\U0010FFFF",
          "\0",
          "\ufeff",
          "\t",
          "[[module]]\n",
          "[server]\n",
          "[server.tls]\n",
          "[limits]\n",
          "[module.limits]\n",
          "a = 1\n",
          "a.b.c = 1\n",
          "= [[[[",
          "= {a = {a =",
          "-0",
          "0x7fffffffffffffff",
          "9223372036854775808",
          "1e400",
          "nan",
          "-inf",
          "1979-05-27T07:32:00Z",
          "07:32:00",
          "true",
          "\"none\"",
          "99999999999GiB",
          "-1s",
          "route = \"/%00\"\n",
          "route = \"/...\"\n",
          "module = \"/dev/null\"\n",
          "module = \"\\u0000\"\n",
          "volumes = { \"/\" = \"..\" }\n",
          "host = [\"*.\"]\n",
          "timeout = \"0.0000001s\"\n");

  private static final List<String> JSON_WORDS =
      List.of(
          "\n",
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\"",
          "\\u0000",
          "\\ud800",
          "null",
          "true",
          "1e999",
          "-0",
          "99999999999999999999",
          "{\"a\":",
          "[[[[",
          "\"module\": ",
          "\"route\": \"/a\"",
          "- ",
          "---\n",
          "&a ",
          "*a",
          "!!java ",
          "? ",
          "|\n",
          ">\n",
          "  ",
          "\t",
          "<<: ",
          "%YAML 1.1\n",
          "#",
          "'",
          "0o7",
          "0x1_0",
          "1:30",
          "\0",
          "annotations:\n",
          "kind: Pod\n");

  @TempDir private static Path directory = Path.of("");

  private static final List<String> TOML = new ArrayList<>();
  private static final List<String> TREES = new ArrayList<>();

  @BeforeAll
  static void collect() throws IOException {
    for (String file : List.of("samples/modules.toml", "modules.toml.example")) {
      TOML.add(octets(Path.of(file)));
    }
    TREES.add(octets(Path.of("src/test/resources/config/wasi-example.yaml")));
    for (String golden : List.of("module", "server", "syntax", "fragments", "krustlet")) {
      Path file = Path.of("src/test/resources/config", golden + ".configtest");
      for (ConfigCase one : ConfigCase.read(file)) {
        one.files().values().forEach(text -> sort(text));
      }
    }
  }

  private static void sort(String text) {
    boolean tree = text.startsWith("{") || text.contains("kind: ") || text.contains("apiVersion");
    (tree ? TREES : TOML)
        .add(new String(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), ISO_8859_1));
  }

  private static String octets(Path file) throws IOException {
    return new String(Files.readAllBytes(file), ISO_8859_1);
  }

  @Test
  void anyTomlIsAConfigurationOrHasProblemsWithPlaces() {
    Fuzz.bytes(300, Mutated.texts(TOML, TOML_WORDS), ConfigFuzzTest::check);
  }

  @Test
  void anyJsonOrYamlIsAConfigurationOrHasProblemsWithPlaces() {
    Fuzz.bytes(300, Mutated.texts(TREES, JSON_WORDS), ConfigFuzzTest::check);
  }

  private static void check(byte[] text, SplittableRandom random) throws IOException {
    Path file = Files.createDirectories(directory.resolve("conf")).resolve("a.toml");
    Files.write(file, text);
    ConfigSources sources = ConfigSources.in(directory).withStrict(random.nextBoolean());
    sources =
        switch (random.nextInt(4)) {
          case 0 -> sources.withConfDir(Path.of("conf"));
          case 1 -> sources.withSettings(Path.of("conf/a.toml"));
          default -> sources.withConfig(Path.of("conf/a.toml"));
        };
    long lines = new String(text, ISO_8859_1).split("\r\n|\r|\n|\u0085", -1).length;
    try {
      Configuration read = ConfigReader.read(sources);
      read.warnings().forEach(problem -> check(problem, lines));
    } catch (ConfigException e) {
      assertFalse(e.problems().isEmpty(), "refused without a problem");
      e.problems().forEach(problem -> check(problem, lines));
      e.warnings().forEach(problem -> check(problem, lines));
    }
  }

  private static void check(Problem problem, long lines) {
    Position at = problem.at();
    assertTrue(!at.file().isEmpty() && at.line() >= 0 && at.line() <= lines, problem::toString);
    assertTrue(at.line() == 0 || at.column() >= 1, problem::toString);
    assertFalse(problem.message().isBlank(), "a problem without words");
    assertTrue(problem.message().length() < 5000, problem::toString);
    assertTrue(problem.message().chars().noneMatch(Character::isISOControl), problem::toString);
  }
}
