package wagi.cgi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** The text of header fields: UTF-8 where it is that, and ISO 8859-1 otherwise. */
final class HeaderText {
  private HeaderText() {}

  /**
   * Reads a value of {@link wagi.message.Headers}.
   *
   * @param value one char per byte
   */
  static String decode(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) >= 0x80) {
        byte[] bytes = value.getBytes(ISO_8859_1);
        return isUtf8(bytes, 0, bytes.length) ? new String(bytes, UTF_8) : value;
      }
    }
    return value;
  }

  static boolean isUtf8(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] >= 0) {
      i++;
    }
    if (i == to) {
      return true;
    }
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, i, to - i));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Returns whether this is a header name: a token of RFC 9110. */
  static boolean isToken(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (!isTokenChar(name.charAt(i))) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static boolean isTokenChar(char c) {
    int lower = c | 0x20;
    return (lower >= 'a' && lower <= 'z')
        || (c >= '0' && c <= '9')
        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }
}
