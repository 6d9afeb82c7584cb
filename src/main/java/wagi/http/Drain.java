package wagi.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * What is left of a connection after its last answer. Its bytes are thrown away until the client
 * has closed, since closing with unread bytes would reset the connection and the client might never
 * see the answer.
 */
final class Drain {
  static final Duration TIME_MAX = Duration.ofSeconds(2);

  private static final int BYTES_MAX = 256 * 1024;
  private static final int BUFFER_BYTES = 4096;

  private final Line line;
  private int drained;

  Drain(Line line) {
    this.line = line;
  }

  /** Sends the last answer. */
  void begin(byte[] answer) throws IOException {
    // An answer before this one may still fill the socket; then the client gets only the end.
    line.write(ByteBuffer.wrap(answer));
    line.flush();
    line.end();
  }

  /** Returns whether that was all, or enough. */
  boolean isOver() {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    while (drained <= BYTES_MAX) {
      int count;
      try {
        count = line.read(buffer.clear());
      } catch (IOException e) {
        return true;
      }
      if (count <= 0) {
        return count < 0;
      }
      drained += count;
    }
    return true;
  }
}
