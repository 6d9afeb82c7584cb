package wagi.http;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads from a line, but first what was read of it before anybody wanted the bytes. */
final class ReadAhead {
  private static final int BYTES_MAX = 4096;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Line line;
  private ByteBuffer kept;

  /**
   * @param kept bytes that have been read already
   */
  ReadAhead(Line line, ByteBuffer kept) {
    this.line = line;
    this.kept = kept;
  }

  /** Whether bytes are there of which the socket will not tell. */
  boolean holdsBytes() {
    return keepsBytes() || line.holdsBytes();
  }

  boolean keepsBytes() {
    return kept.hasRemaining();
  }

  /** Reads what was kept, and on from the socket; -1 at its end. */
  int read(ByteBuffer into) throws IOException {
    if (!keepsBytes()) {
      kept = NOTHING;
      return line.read(into);
    }
    int count = Math.min(kept.remaining(), into.remaining());
    into.put(kept.slice(kept.position(), count));
    kept.position(kept.position() + count);
    return count + Math.max(0, line.read(into));
  }

  /** Reads what is there and keeps it, unless something is kept; false when the client is gone. */
  boolean fill() {
    if (keepsBytes()) {
      return true;
    }
    ByteBuffer buffer = ByteBuffer.allocate(BYTES_MAX);
    try {
      int count = line.read(buffer);
      if (count > 0) {
        kept = buffer.flip();
      }
      return count >= 0;
    } catch (IOException e) {
      return false;
    }
  }
}
