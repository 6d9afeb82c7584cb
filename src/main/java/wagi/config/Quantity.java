package wagi.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a number of a configuration measures, and how it is written. */
enum Quantity {
  /** Milliseconds, written {@code "500ms"}, {@code "30s"}, {@code "5m"}, {@code "1h"}. */
  DURATION("a duration such as \"30s\", \"500ms\", \"5m\" or \"1h\""),
  /** Bytes, written {@code "64KiB"}, {@code "10MiB"}, {@code "1GiB"} or as a plain integer. */
  SIZE("a size such as \"64KiB\", \"10MiB\" or a number of bytes"),
  COUNT("a whole number");

  /** What parsing gives for text that is no such quantity. */
  static final long NOT_ONE = -1;

  /** Larger than any range: the number is right in form, and too big. */
  static final long HUGE = Long.MAX_VALUE - 1;

  private static final Pattern NUMBER = Pattern.compile("([0-9]+)\\s*([A-Za-z]*)");

  final String expected;

  Quantity(String expected) {
    this.expected = expected;
  }

  long parse(Node node) {
    return switch (node) {
      case Node.Whole whole when this != DURATION -> whole.value() < 0 ? NOT_ONE : whole.value();
      case Node.Text text when this != COUNT -> parse(text.value());
      case Node.Text _,
          Node.Whole _,
          Node.Table _,
          Node.Array _,
          Node.Flag _,
          Node.Null _,
          Node.Other _ ->
          NOT_ONE;
    };
  }

  private long parse(String text) {
    Matcher matcher = NUMBER.matcher(text);
    if (!matcher.matches()) {
      return NOT_ONE;
    }
    long unit = unit(matcher.group(2));
    if (unit == NOT_ONE) {
      return NOT_ONE;
    }
    try {
      return Math.min(HUGE, Math.multiplyExact(Long.parseLong(matcher.group(1)), unit));
    } catch (NumberFormatException | ArithmeticException e) {
      return HUGE;
    }
  }

  private long unit(String name) {
    if (this == DURATION) {
      return switch (name) {
        case "ms" -> 1;
        case "s" -> 1_000;
        case "m" -> 60_000;
        case "h" -> 3_600_000;
        default -> NOT_ONE;
      };
    }
    return switch (name) {
      case "", "B" -> 1;
      case "KiB" -> 1L << 10;
      case "MiB" -> 1L << 20;
      case "GiB" -> 1L << 30;
      default -> NOT_ONE;
    };
  }

  /** As a user would write it. */
  String write(long value) {
    return switch (this) {
      case COUNT -> String.valueOf(value);
      case DURATION -> duration(value);
      case SIZE -> size(value);
    };
  }

  private static String duration(long millis) {
    if (millis > 0 && millis % 3_600_000 == 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis > 0 && millis % 60_000 == 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }

  private static String size(long bytes) {
    if (bytes > 0 && bytes % (1L << 30) == 0) {
      return (bytes >> 30) + "GiB";
    }
    if (bytes > 0 && bytes % (1L << 20) == 0) {
      return (bytes >> 20) + "MiB";
    }
    return bytes > 0 && bytes % (1L << 10) == 0 ? (bytes >> 10) + "KiB" : String.valueOf(bytes);
  }
}
