package wagi.observe;

import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON object on one line. No string can end the line, or send a terminal anything but
 * printable characters.
 */
final class JsonLine {
  private final StringBuilder text = new StringBuilder(256);

  JsonLine add(String name, @Nullable String value) {
    name(name);
    if (value == null) {
      text.append("null");
    } else {
      string(value);
    }
    return this;
  }

  JsonLine add(String name, long value) {
    name(name);
    text.append(value);
    return this;
  }

  /** Adds a number of thousandths as a decimal fraction: 1234 is {@code 1.234}. */
  JsonLine addThousandths(String name, long thousandths) {
    name(name);
    String digits = Long.toString(thousandths % 1000);
    text.append(thousandths / 1000).append('.').append("0".repeat(3 - digits.length()));
    text.append(digits);
    return this;
  }

  /** Returns the object with a line feed after it. */
  String end() {
    return text.append("}\n").toString();
  }

  private void name(String name) {
    text.append(text.isEmpty() ? '{' : ',');
    string(name);
    text.append(':');
  }

  private void string(String value) {
    text.append('"');
    value.codePoints().forEach(this::character);
    text.append('"');
  }

  private void character(int c) {
    switch (c) {
      case '"' -> text.append("\\\"");
      case '\\' -> text.append("\\\\");
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      default -> {
        if (mustEscape(c)) {
          text.append(String.format("\\u%04x", c));
        } else {
          text.appendCodePoint(c);
        }
      }
    }
  }

  /** Control characters, lone surrogates, and the two line ends of Unicode. */
  private static boolean mustEscape(int c) {
    return Character.isISOControl(c) || (c >= 0xd800 && c <= 0xdfff) || c == 0x2028 || c == 0x2029;
  }
}
