package wagi.route;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Percent-decoding of paths: UTF-8, lossy, and {@code +} stays {@code +}. */
final class PercentDecoding {
  /** Stands for {@code %2F} in a path for matching. Decoded UTF-8 never holds half a surrogate. */
  static final char ENCODED_SLASH = '\uD800';

  private PercentDecoding() {}

  /** Decodes for the eyes of a guest: {@code %2F} is a slash. */
  static String decode(String text) {
    return decode(text, '/');
  }

  /** Decodes for matching: {@code %2F} is a character, but not the one between segments. */
  static String decodeSegments(String text) {
    return decode(text, ENCODED_SLASH);
  }

  private static String decode(String text, char slash) {
    int escape = text.indexOf('%');
    if (escape < 0) {
      return text;
    }
    StringBuilder decoded = new StringBuilder(text.length()).append(text, 0, escape);
    byte[] octets = new byte[(text.length() - escape) / 3];
    int i = escape;
    while (i < text.length()) {
      int used = 0;
      int octet = octetAt(text, i);
      // A NUL would end the guest's string early: %00 stays as typed.
      while (octet > 0 && octet != '/') {
        octets[used++] = (byte) octet;
        i += 3;
        octet = octetAt(text, i);
      }
      decoded.append(new String(octets, 0, used, UTF_8));
      if (octet == '/') {
        decoded.append(slash);
        i += 3;
      } else if (i < text.length()) {
        decoded.append(text.charAt(i++));
      }
    }
    return decoded.toString();
  }

  /** Returns the octet that the escape at this index stands for, or -1 if there is none. */
  static int octetAt(String text, int index) {
    if (index + 2 >= text.length() || text.charAt(index) != '%') {
      return -1;
    }
    int high = hexDigit(text.charAt(index + 1));
    int low = hexDigit(text.charAt(index + 2));
    return high < 0 || low < 0 ? -1 : 16 * high + low;
  }

  /** Unlike {@link Character#digit} this knows no digits but ASCII's. */
  static int hexDigit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }
}
