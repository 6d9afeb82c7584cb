package wagi.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import wagi.message.Headers;

/**
 * Writes header blocks (RFC 7541) that refer to nothing, so that they may be written in any order
 * and by any thread.
 */
final class HpackEncoder {
  private static final int LITERAL_PREFIX = 4;
  private static final int STRING_PREFIX = 7;

  /** Sets the table to nothing, which keeps the other side from expecting more of us. */
  private static final int NO_TABLE = 0x20;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

  /** Begins a block. */
  HpackEncoder(int status) {
    out.write(NO_TABLE);
    add(":status", Integer.toString(status));
  }

  HpackEncoder add(String name, String value) {
    integer(0, LITERAL_PREFIX, 0);
    string(name.toLowerCase(Locale.ROOT));
    string(value);
    return this;
  }

  /** Adds those that do not speak of the connection. */
  HpackEncoder addAll(Headers headers) {
    for (int i = 0; i < headers.size(); i++) {
      if (!ResponseHead.isFraming(headers.name(i))) {
        add(headers.name(i), headers.value(i));
      }
    }
    return this;
  }

  byte[] block() {
    return out.toByteArray();
  }

  private void string(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    integer(0, STRING_PREFIX, bytes.length);
    out.writeBytes(bytes);
  }

  private void integer(int flags, int prefix, int value) {
    int mask = (1 << prefix) - 1;
    if (value < mask) {
      out.write(flags | value);
      return;
    }
    out.write(flags | mask);
    int rest = value - mask;
    while (rest >= 0x80) {
      out.write(0x80 | (rest & 0x7f));
      rest >>>= 7;
    }
    out.write(rest);
  }
}
