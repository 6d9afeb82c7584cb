package wagi.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.xnio.XnioIoThread;

/**
 * What is left of a connection after its last answer. Its bytes are thrown away until the client
 * has closed, since closing with unread bytes would reset the connection and the client might never
 * see the answer.
 */
final class Drain {
  private static final Duration TIME_MAX = Duration.ofSeconds(2);
  private static final int BYTES_MAX = 256 * 1024;
  private static final int BUFFER_BYTES = 4096;

  private final Line line;
  private final XnioIoThread ioThread;
  private final Runnable close;
  private int drained;

  Drain(Line line, XnioIoThread ioThread, Runnable close) {
    this.line = line;
    this.ioThread = ioThread;
    this.close = close;
  }

  /** Sends the last answer. */
  void begin(byte[] answer) {
    try {
      // An answer before this one may still fill the socket; then the client gets only the end.
      line.write(ByteBuffer.wrap(answer));
      line.flush();
      line.end();
      var unused = ioThread.executeAfter(close, TIME_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (IOException | RejectedExecutionException e) {
      // The client is gone, or the server is closing.
      close.run();
    }
  }

  /** Reads what there is, and closes when that was all, or enough. */
  void readable() {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    while (drained <= BYTES_MAX) {
      int count;
      try {
        count = line.read(buffer.clear());
      } catch (IOException e) {
        break;
      }
      if (count == 0) {
        return;
      }
      if (count < 0) {
        break;
      }
      drained += count;
    }
    close.run();
  }
}
