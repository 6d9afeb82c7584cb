package wagi.server;

import wagi.observe.LogLevel;
import wagi.observe.Logging;

/**
 * Words what commands say on standard error, where there is no log yet or none of theirs: the
 * journal is told how bad it is, a person reads it as it is.
 */
public final class StandardError {
  private StandardError() {}

  public static String error(String lines) {
    return Logging.besideTheLog(LogLevel.ERROR, lines);
  }

  public static String warning(String lines) {
    return Logging.besideTheLog(LogLevel.WARN, lines);
  }
}
