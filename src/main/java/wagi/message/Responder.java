package wagi.message;

import java.io.IOException;

/** One answer to one request. Used by one thread at a time. */
public interface Responder {
  /**
   * Sends a whole answer without blocking, so that an I/O thread may call it; the bytes are not
   * copied. The length is set from the bytes. Instead of {@link #begin}, {@link #write} and {@link
   * #end}.
   */
  void answer(int status, Headers headers, byte[] body);

  /** Starts an answer whose length is not known, or is in the headers as Content-Length. */
  void begin(int status, Headers headers);

  /**
   * Sends a part of the body and blocks while the client is slow; never on an I/O thread.
   *
   * @param pause hears if it blocks
   * @throws IOException when the client is gone, or the calling thread was interrupted
   */
  void write(byte[] bytes, int offset, int length, Pause pause) throws IOException;

  /** As above, for those who hold nothing that others could use meanwhile. */
  default void write(byte[] bytes, int offset, int length) throws IOException {
    write(bytes, offset, length, Pause.IGNORED);
  }

  void end();

  /** Breaks the answer off so that the client can tell: the connection closes. */
  void abort();

  /** Runs the action once if the client goes away before the answer has ended. */
  void onClientGone(Runnable action);
}
