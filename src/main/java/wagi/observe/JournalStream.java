package wagi.observe;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Whether a stream leads to systemd's journal, which takes a line's level from its beginning. */
final class JournalStream {
  static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  private JournalStream() {}

  /**
   * Compares the stream with what JOURNAL_STREAM says, as systemd.exec(5) asks: whoever redirects
   * our output does not unset the variable.
   */
  static boolean is(Path descriptor, Map<String, String> environment) {
    String journal = environment.getOrDefault("JOURNAL_STREAM", "");
    if (journal.isEmpty()) {
      return false;
    }
    try {
      Map<String, Object> file = Files.readAttributes(descriptor, "unix:dev,ino");
      return journal.equals(file.get("dev") + ":" + file.get("ino"));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  /** Puts the level, as sd-daemon(3) writes it, before each line. */
  static String withLevel(Level level, String lines) {
    String prefix = "<" + priority(level) + ">";
    return prefix + lines.stripTrailing().replace("\n", "\n" + prefix) + "\n";
  }

  private static int priority(Level level) {
    return switch (level.toInt()) {
      case Level.ERROR_INT -> 3;
      case Level.WARN_INT -> 4;
      case Level.INFO_INT -> 6;
      default -> 7;
    };
  }
}
