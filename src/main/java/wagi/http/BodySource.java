package wagi.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.XnioIoThread;

/** Where the bytes of a body come from. Belongs to the I/O thread. */
interface BodySource {
  XnioIoThread ioThread();

  /** Begins; the listener is called whenever there may be bytes, until reading pauses. */
  void enterBody(Runnable listener);

  /**
   * Reads without waiting.
   *
   * @return the number of bytes; 0 when none are there, -1 at the end
   */
  int read(ByteBuffer into) throws IOException;

  void pauseReads();

  void resumeReads();
}
