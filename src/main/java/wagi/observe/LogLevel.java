package wagi.observe;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much the server's log says. */
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG,
  TRACE;

  /**
   * Reads what the environment variable {@code RUST_LOG} says of this server: the last level that
   * stands alone or behind a target of WAGI's, as in {@code warn,wagi=debug}.
   */
  public static Optional<LogLevel> ofRustLog(String filter) {
    return Arrays.stream(filter.split(",", -1))
        .map(directive -> directive.strip().toLowerCase(Locale.ROOT))
        .map(directive -> directive.replaceFirst("^wagi[a-z_:]*=", ""))
        .flatMap(level -> Arrays.stream(values()).filter(value -> value.isNamed(level)))
        .reduce((earlier, later) -> later);
  }

  private boolean isNamed(String level) {
    return name().toLowerCase(Locale.ROOT).equals(level);
  }
}
