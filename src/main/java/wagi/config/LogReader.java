package wagi.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the {@code [log]} table. */
final class LogReader {
  private LogReader() {}

  static LogSettings standard() {
    return new LogSettings(null, LogSettings.Format.TEXT, LogSettings.Access.COMMON, null);
  }

  static LogSettings read(Fields fields, Path directory) {
    LogSettings standard = standard();
    return new LogSettings(
        fields.has("level")
            ? fields.word("level", LogSettings.Level.class, LogSettings.Level.INFO)
            : null,
        fields.word("format", LogSettings.Format.class, standard.format()),
        fields.word("access", LogSettings.Access.class, standard.access()),
        guests(fields, directory));
  }

  /** The directory is made when it is first needed, so it is not looked for. */
  private static @Nullable Path guests(Fields fields, Path directory) {
    String text = fields.plainText("guests");
    if (text == null) {
      return null;
    }
    try {
      return directory.resolve(text);
    } catch (InvalidPathException e) {
      fields.error("guests", "is no path of this system: " + e.getReason());
      return null;
    }
  }
}
