package wagi.http.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** As much of ASN.1's DER as wrapping a private key takes. */
final class Der {
  static final int SEQUENCE = 0x30;
  static final int INTEGER = 0x02;
  static final int OCTET_STRING = 0x04;
  static final int OBJECT_IDENTIFIER = 0x06;
  static final int PARAMETERS = 0xa0;

  private Der() {}

  static byte[] of(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(tag);
    length(whole, content.size());
    whole.writeBytes(content.toByteArray());
    return whole.toByteArray();
  }

  private static void length(ByteArrayOutputStream out, int length) {
    if (length < 0x80) {
      out.write(length);
      return;
    }
    int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
    out.write(0x80 | bytes);
    for (int i = bytes - 1; i >= 0; i--) {
      out.write(length >>> (8 * i));
    }
  }

  /** Takes the next element off the buffer and returns its content, or null if it is none. */
  static @Nullable ByteBuffer next(ByteBuffer from, int tag) {
    if (from.remaining() < 2 || (from.get(from.position()) & 0xff) != tag) {
      return null;
    }
    from.get();
    int length = length(from);
    if (length < 0 || length > from.remaining()) {
      return null;
    }
    ByteBuffer content = from.slice(from.position(), length);
    from.position(from.position() + length);
    return content;
  }

  private static int length(ByteBuffer from) {
    int first = from.get() & 0xff;
    if (first < 0x80) {
      return first;
    }
    int bytes = first & 0x7f;
    if (bytes == 0 || bytes > 3 || bytes > from.remaining()) {
      return -1;
    }
    int length = 0;
    for (int i = 0; i < bytes; i++) {
      length = length << 8 | (from.get() & 0xff);
    }
    return length;
  }

  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
