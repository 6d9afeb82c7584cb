package wagi.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/** What an HTTP/2 connection begins with, so that no other server takes it for its own. */
final class Http2Preface {
  static final byte[] BYTES = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);

  private Http2Preface() {}

  /** Whether these bytes are the preface, as far as they go. */
  static boolean beginsLike(ByteBuffer bytes) {
    int count = Math.min(bytes.remaining(), BYTES.length);
    for (int i = 0; i < count; i++) {
      if (bytes.get(bytes.position() + i) != BYTES[i]) {
        return false;
      }
    }
    return true;
  }
}
