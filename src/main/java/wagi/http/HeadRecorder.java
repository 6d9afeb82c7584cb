package wagi.http;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The bytes since the end of the last request: the head that Undertow is reading. */
final class HeadRecorder {
  private static final int KEPT_BYTES = 4096;

  private byte[] bytes = new byte[512];
  private int length;

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Records the bytes between start and the buffer's position. */
  void add(ByteBuffer read, int start) {
    ByteBuffer copy = read.duplicate();
    copy.flip().position(start);
    append(copy);
  }

  /**
   * Begins anew, with bytes that were read already.
   *
   * @param ahead not moved
   */
  void restart(ByteBuffer ahead) {
    length = 0;
    if (bytes.length > KEPT_BYTES) {
      bytes = new byte[KEPT_BYTES];
    }
    append(ahead.duplicate());
  }

  /** Drops what no longer fits: such a head is refused by its size. */
  private void append(ByteBuffer more) {
    int count = Math.min(more.remaining(), RawHead.BYTES_MAX - length);
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
    }
    more.get(bytes, length, count);
    length += count;
  }
}
