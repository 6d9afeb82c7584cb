package wagi.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that lists every key, and the example, agree with the code. */
final class DocumentationTest {
  private static final Path PAGE = Path.of("docs/configuration.md");
  private static final Path EXAMPLE = Path.of("modules.toml.example");
  private static final Pattern HEADING = Pattern.compile("## .*`(.+)`.*");
  private static final Pattern ROW = Pattern.compile("\\| `([a-z0-9_]+)` \\|.*");

  @Test
  void pageAndCodeListTheSameKeys() throws IOException {
    Map<String, List<String>> documented = documented();
    Map<String, List<String>> known = new TreeMap<>();
    for (Section section : Section.values()) {
      // [module.limits] holds what [limits] holds, and the page says so once.
      if (section != Section.MODULE_LIMITS && section != Section.LIMITS_MAX) {
        known.put(heading(section), section.keys.stream().sorted().toList());
      }
    }
    assertEquals(known, documented);
  }

  @Test
  void pageGivesTheStandardOfEveryLimit() throws IOException {
    String page = Files.readString(PAGE);
    for (Limit limit : Limit.values()) {
      String standard = limit.range.quantity().write(limit.standard);
      boolean count = limit.range.quantity() == Quantity.COUNT;
      String written = count ? "`" + standard + "`" : "`\"" + standard + "\"`";
      Pattern row = Pattern.compile("\\| `" + limit.key() + "` \\|[^|]*\\| (\\S+) \\|");
      Matcher matcher = row.matcher(page);
      assertTrue(matcher.find(), limit.key());
      assertEquals(written, matcher.group(1), limit.key());
    }
  }

  @Test
  void exampleReadsWithoutAWord(@TempDir Path directory) throws Exception {
    Files.copy(EXAMPLE, directory.resolve("modules.toml"));
    Files.createDirectories(directory.resolve("data"));
    Files.createDirectories(directory.resolve("samples"));
    Files.writeString(directory.resolve("secrets.env"), "KEY=x\n");
    for (String name : List.of("hello.wat", "echo.wasm", "environment.wasm")) {
      Files.writeString(directory.resolve("samples").resolve(name), "");
    }
    Configuration configuration =
        ConfigReader.read(
            ConfigSources.in(directory).withConfig(Path.of("modules.toml")).withStrict(true));
    assertEquals(List.of(), configuration.warnings());
    assertEquals(3, configuration.sites().getFirst().modules().size());
  }

  @Test
  void exampleNamesSamplesThatExist() throws IOException {
    Matcher matcher = Pattern.compile("\"(samples/[^\"]+)\"").matcher(Files.readString(EXAMPLE));
    int found = 0;
    while (matcher.find()) {
      assertTrue(Files.isRegularFile(Path.of(matcher.group(1))), matcher.group(1));
      found++;
    }
    assertTrue(found > 0);
  }

  @Test
  void samplesReadWithoutAWord() throws ConfigException {
    ConfigSources sources =
        ConfigSources.in(Path.of("").toAbsolutePath())
            .withConfig(Path.of("samples/modules.toml"))
            .withStrict(true);
    assertEquals(List.of(), ConfigReader.read(sources).warnings());
  }

  private static String heading(Section section) {
    return switch (section) {
      case ROOT -> "top level";
      case VOLUME -> "volumes";
      case SMOKE -> "smoke";
      case SERVER, TLS, TLS_SNI, LISTENER, LIMITS, LIMITS_MAX, LOG, MODULE, MODULE_LIMITS ->
          section.title;
    };
  }

  private static Map<String, List<String>> documented() throws IOException {
    Map<String, List<String>> documented = new TreeMap<>();
    String heading = "";
    for (String line : Files.readAllLines(PAGE)) {
      Matcher title = HEADING.matcher(line);
      if (line.startsWith("## ")) {
        heading = title.matches() ? title.group(1) : "";
      }
      Matcher row = ROW.matcher(line);
      if (row.matches() && !heading.isEmpty()) {
        documented.computeIfAbsent(heading, h -> new ArrayList<>()).add(row.group(1));
      }
    }
    documented.replaceAll((h, keys) -> keys.stream().sorted().toList());
    return documented;
  }
}
