package wagi.config;

import java.util.List;

/** A word of {@code --env}: {@code NAME=VALUE}, split as WAGI does. */
public record EnvironmentFlag(String name, String value) {
  /** Quotes around the whole value are dropped, all of them; others stay. */
  public static EnvironmentFlag parse(String word) throws ConfigException {
    int equals = word.indexOf('=');
    if (equals < 0) {
      throw problem("expected NAME=VALUE, found " + Quote.of(word) + " without \"=\"");
    }
    if (equals == 0) {
      throw problem("the name before \"=\" must not be empty in " + Quote.of(word));
    }
    return new EnvironmentFlag(word.substring(0, equals), unquoted(word.substring(equals + 1)));
  }

  private static String unquoted(String value) {
    for (char quote : new char[] {'"', '\''}) {
      if (!value.isEmpty()
          && value.charAt(0) == quote
          && value.charAt(value.length() - 1) == quote) {
        return trimmed(value, quote);
      }
    }
    return value;
  }

  private static String trimmed(String value, char quote) {
    int start = 0;
    int end = value.length();
    while (start < end && value.charAt(start) == quote) {
      start++;
    }
    while (end > start && value.charAt(end - 1) == quote) {
      end--;
    }
    return value.substring(start, end);
  }

  private static ConfigException problem(String message) {
    return new ConfigException(List.of(new Problem(Position.of("--env"), message)));
  }
}
