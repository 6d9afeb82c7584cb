package wagi.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalStreamTest {
  @Test
  void streamThatTheVariableNamesIsTheJournal(@TempDir Path directory) throws IOException {
    Path stream = Files.createFile(directory.resolve("stream"));
    Map<String, Object> file = Files.readAttributes(stream, "unix:dev,ino");
    String name = file.get("dev") + ":" + file.get("ino");

    assertTrue(JournalStream.is(stream, Map.of("JOURNAL_STREAM", name)));
  }

  @Test
  void redirectedStreamIsNot(@TempDir Path directory) throws IOException {
    Path stream = Files.createFile(directory.resolve("stream"));

    assertFalse(JournalStream.is(stream, Map.of("JOURNAL_STREAM", "8:1")));
    assertFalse(JournalStream.is(stream, Map.of("JOURNAL_STREAM", "")));
    assertFalse(JournalStream.is(stream, Map.of()));
    assertFalse(JournalStream.is(directory.resolve("none"), Map.of("JOURNAL_STREAM", "8:1")));
  }

  @Test
  void everyLineOfAnEventCarriesItsLevel() {
    assertEquals("<3>a\n<3>    b\n", JournalStream.withLevel(Level.ERROR, "a\n    b\n"));
    assertEquals("<4>a\n", JournalStream.withLevel(Level.WARN, "a\n"));
    assertEquals("<6>a\n", JournalStream.withLevel(Level.INFO, "a\n"));
    assertEquals("<7>a\n", JournalStream.withLevel(Level.DEBUG, "a\n"));
    assertEquals("<7>a\n", JournalStream.withLevel(Level.TRACE, "a\n"));
  }

  /** A guest that writes {@code <0>} does not wake anybody. */
  @Test
  void levelIsOursWhateverTheMessageSays() {
    for (LogFormat format : LogFormat.values()) {
      byte[] line = new LogEncoder(format, true).encode(event("<0>a\n<0>b"));
      new String(line, UTF_8).lines().forEach(text -> assertTrue(text.startsWith("<6>"), text));
    }
  }

  private static LoggingEvent event(String message) {
    return new LoggingEvent(
        "", new LoggerContext().getLogger("guest.hello"), Level.INFO, message, null, null);
  }
}
