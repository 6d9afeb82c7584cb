package wagi.cgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/wagi-compatibility.md} to the tests it names. */
final class CompatibilityTableTest {
  private static final Path TABLE = Path.of("docs/wagi-compatibility.md");
  private static final Path CASES = Path.of("src/test/resources");
  private static final String LAST_CELL = "\\| ([^|]*) \\|$";

  @Test
  void everyQuirkHasItsRow() throws IOException {
    List<String> quirks =
        Files.readString(TABLE)
            .lines()
            .filter(line -> line.startsWith("| Q"))
            .map(line -> line.substring(2, line.indexOf(' ', 2)))
            .toList();
    assertEquals(IntStream.rangeClosed(0, 40).mapToObj(i -> "Q" + i).toList(), quirks);
  }

  @Test
  void everyRowNamesATestOrSaysThatItComesLater() throws IOException {
    for (MatchResult row : matches("(?m)^\\| (?!---).*" + LAST_CELL)) {
      String cell = row.group(1);
      boolean heading = cell.equals("test");
      assertTrue(
          heading || cell.matches("`.*`") || cell.startsWith("comes later"), () -> row.group());
    }
  }

  @Test
  void everyGoldenFileItNamesExists() throws IOException {
    List<MatchResult> names = matches("`((?:cgi|route)/[a-z]+|cli)/([a-z0-9*-]+)`");
    assertTrue(names.size() > 50, () -> "found only " + names.size());
    for (MatchResult name : names) {
      Path directory = CASES.resolve(name.group(1));
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(directory, name.group(2) + ".*test")) {
        assertTrue(files.iterator().hasNext(), () -> "no file for " + name.group());
      }
    }
  }

  @Test
  void everyCaseOfAConfigurationItNamesExists() throws IOException {
    List<String> cases = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(CASES.resolve("config"), "*.configtest")) {
      for (Path file : files) {
        Files.readAllLines(file).stream().filter(l -> l.startsWith("=== ")).forEach(cases::add);
      }
    }
    for (MatchResult name : matches("`config/([a-z0-9*-]+)`")) {
      String pattern = "=== " + name.group(1).replace("*", ".*");
      assertTrue(cases.stream().anyMatch(c -> c.matches(pattern)), () -> "no " + name.group());
    }
  }

  @Test
  void everyMethodItNamesExists() throws IOException {
    List<MatchResult> names = matches("`(\\w+(?:Test|IT))\\.(\\w+)`");
    assertTrue(names.size() > 20, () -> "found only " + names.size());
    for (MatchResult name : names) {
      String source = Files.readString(sourceOf(name.group(1)));
      String method = " " + name.group(2) + "(";
      assertTrue(source.contains(method), () -> "no method " + name.group());
    }
  }

  private static Path sourceOf(String type) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      return files
          .filter(file -> file.endsWith(type + ".java"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no test " + type));
    }
  }

  private static List<MatchResult> matches(String pattern) throws IOException {
    return Pattern.compile(pattern).matcher(Files.readString(TABLE)).results().toList();
  }
}
