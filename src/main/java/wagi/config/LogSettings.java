package wagi.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The {@code [log]} table.
 *
 * @param level null to let the environment decide
 * @param guests directory of a file per module for what guests write to standard error; null for
 *     the server's own log
 */
public record LogSettings(
    @Nullable Level level, Format format, Access access, @Nullable Path guests) {
  /** The least severe record that is written. */
  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
  }

  /** How records look. */
  public enum Format {
    TEXT,
    JSON
  }

  /** How the line of a request looks. */
  public enum Access {
    COMMON,
    COMBINED,
    JSON,
    OFF
  }
}
