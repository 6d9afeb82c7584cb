package wagi.cgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/wagi-compatibility.md} to the golden files it names. */
final class CompatibilityTableTest {
  private static final Path TABLE = Path.of("docs/wagi-compatibility.md");

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
  void everyGoldenFileItNamesExists() throws IOException {
    List<MatchResult> names =
        Pattern.compile("`((?:cgi|route)/[a-z]+)/([a-z0-9*-]+)`")
            .matcher(Files.readString(TABLE))
            .results()
            .toList();
    assertTrue(names.size() > 50, () -> "found only " + names.size());
    for (MatchResult name : names) {
      Path directory = Path.of("src/test/resources", name.group(1));
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(directory, name.group(2) + ".*test")) {
        assertTrue(files.iterator().hasNext(), () -> "no file for " + name.group());
      }
    }
  }
}
