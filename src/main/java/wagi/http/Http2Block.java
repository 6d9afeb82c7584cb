package wagi.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** A header block under way, in HEADERS and perhaps CONTINUATION. */
final class Http2Block {
  private static final int BYTES_MAX = RawHead.BYTES_MAX;
  private static final int FRAMES_MAX = 16;

  private final int stream;
  private final boolean end;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final long sinceNanos = System.nanoTime();
  private int frames;

  /**
   * @param end whether the stream ends with it
   */
  Http2Block(int stream, boolean end) {
    this.stream = stream;
    this.end = end;
  }

  int stream() {
    return stream;
  }

  boolean end() {
    return end;
  }

  long sinceNanos() {
    return sinceNanos;
  }

  void add(ByteBuffer payload) throws Http2Exception {
    if (bytes.size() + payload.remaining() > BYTES_MAX || ++frames > FRAMES_MAX) {
      throw new Http2Exception(Http2Error.ENHANCE_YOUR_CALM, "a header block without end");
    }
    byte[] part = new byte[payload.remaining()];
    payload.get(part);
    bytes.writeBytes(part);
  }

  ByteBuffer whole() {
    return ByteBuffer.wrap(bytes.toByteArray());
  }
}
