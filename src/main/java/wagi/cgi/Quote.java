package wagi.cgi;

/** Bytes of a guest as they may stand in a log line. */
final class Quote {
  private static final int MAX_CHARS = 120;

  private Quote() {}

  static String of(byte[] bytes, int from, int to) {
    int end = Math.min(to, from + MAX_CHARS);
    StringBuilder quote = new StringBuilder(end - from + 5).append('"');
    for (int i = from; i < end; i++) {
      append(bytes[i], quote);
    }
    return quote.append(end < to ? "...\"" : "\"").toString();
  }

  private static void append(byte b, StringBuilder quote) {
    switch (b) {
      case '\n' -> quote.append("\\n");
      case '\r' -> quote.append("\\r");
      case '\t' -> quote.append("\\t");
      case '"', '\\' -> quote.append('\\').append((char) b);
      default -> {
        if (b >= ' ' && b < 0x7F) {
          quote.append((char) b);
        } else {
          quote.append(String.format("\\x%02x", b & 0xFF));
        }
      }
    }
  }
}
