package wagi.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnvironmentFileTest {
  @Test
  void everyFormOfALineIsRead(@TempDir Path directory) throws Exception {
    Map<String, String> variables =
        read(
            directory,
            """
            # the documented form has spaces
            SPACED = some value
            TIGHT=value
            export EXPORTED="in double quotes"
            SINGLE='in single # quotes' # and a comment
              INDENTED=x

            EMPTY=
            EMPTY_QUOTES=""
            HASH=a#b # c
            JSON={"a": 1}
            DASH-ED_1.x=y
            TIGHT=last wins\r
            """);
    assertEquals("some value", variables.get("SPACED"));
    assertEquals("in double quotes", variables.get("EXPORTED"));
    assertEquals("in single # quotes", variables.get("SINGLE"));
    assertEquals("x", variables.get("INDENTED"));
    assertEquals("", variables.get("EMPTY"));
    assertEquals("", variables.get("EMPTY_QUOTES"));
    assertEquals("a#b # c", variables.get("HASH"));
    assertEquals("{\"a\": 1}", variables.get("JSON"));
    assertEquals("y", variables.get("DASH-ED_1.x"));
    assertEquals("last wins", variables.get("TIGHT"));
    assertEquals(10, variables.size());
  }

  @Test
  void orderOfTheFileIsKept(@TempDir Path directory) throws Exception {
    assertEquals(List.of("Z", "A", "M"), List.copyOf(read(directory, "Z=1\nA=2\nM=3\n").keySet()));
  }

  @Test
  void everyBadLineIsAProblemWithItsNumber(@TempDir Path directory) {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () -> read(directory, "A=1\nno equals\nB=\"open\n=x\nsp ace=1\nC='a' b\n"));
    assertEquals(
        List.of("2:1", "3:3", "4:1", "5:1", "6:3"),
        e.problems().stream().map(p -> p.at().line() + ":" + p.at().column()).toList());
  }

  @Test
  void valuesNeverAppearInMessages(@TempDir Path directory) {
    ConfigException e =
        assertThrows(
            ConfigException.class, () -> read(directory, "PASSWORD: hunter2\nB=\"hunter2\n"));
    assertFalse(String.valueOf(e.getMessage()).contains("hunter2"));
  }

  @Test
  void fileThatIsNotUtf8IsAProblemWithThePlaceOfTheByte(@TempDir Path directory)
      throws IOException {
    Path file = directory.resolve("latin.env");
    Files.write(file, "A=1\nB=\u00e4\n".getBytes(ISO_8859_1));
    ConfigException e = assertThrows(ConfigException.class, () -> EnvironmentFile.read(file));
    assertEquals(new Position(file.toString(), 2, 3), e.problems().getFirst().at());
  }

  @Test
  void missingFileIsAProblem(@TempDir Path directory) {
    Path file = directory.resolve("none.env");
    ConfigException e = assertThrows(ConfigException.class, () -> EnvironmentFile.read(file));
    assertEquals(file + ": no such file", e.getMessage());
  }

  private static Map<String, String> read(Path directory, String text) throws Exception {
    return EnvironmentFile.read(Files.writeString(directory.resolve("file.env"), text));
  }
}
