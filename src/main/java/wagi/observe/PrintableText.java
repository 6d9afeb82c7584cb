package wagi.observe;

import java.util.HexFormat;

/** Makes text of guests and clients harmless to terminals and to readers of line-based logs. */
final class PrintableText {
  private static final HexFormat HEX = HexFormat.of();

  private PrintableText() {}

  /** Writes control characters other than TAB as {@code \x1b}. */
  static String of(String text) {
    if (text.chars().noneMatch(PrintableText::isHarmful)) {
      return text;
    }
    StringBuilder printable = new StringBuilder(text.length() + 16);
    text.chars().forEach(c -> append((char) c, printable));
    return printable.toString();
  }

  private static void append(char c, StringBuilder printable) {
    if (isHarmful(c)) {
      printable.append("\\x").append(HEX.toHexDigits((byte) c));
    } else {
      printable.append(c);
    }
  }

  /** The controls of ASCII and the C1 set, where 0x9b alone starts a terminal's command. */
  private static boolean isHarmful(int c) {
    return c != '\t' && Character.isISOControl(c);
  }
}
