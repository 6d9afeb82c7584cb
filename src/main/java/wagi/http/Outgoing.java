package wagi.http;

import java.io.IOException;
import wagi.message.Headers;

/**
 * The bytes of one answer that wait for the client, in their framing. Used under the lock of the
 * answer.
 */
interface Outgoing {
  /**
   * Begins.
   *
   * @param length of the body; -1 when it is not known
   */
  void head(int status, Headers headers, long length);

  /**
   * Adds a part of the body, which is not copied; the one before it is sent.
   *
   * @return false when it went beyond the length that was promised
   */
  boolean add(byte[] bytes, int offset, int length);

  /**
   * Adds the end of the body.
   *
   * @return false when it falls short of the length promised
   */
  boolean addEnd();

  /** Whether the client takes the end of the connection for the end of the body. */
  boolean endsWithConnection();

  /** Sends what the client takes; returns whether it took any. */
  boolean send() throws IOException;

  /** Returns whether all is sent. */
  boolean sent() throws IOException;

  void drop();

  /** Calls back once on the I/O thread when the client may take bytes again. */
  void onceWritable(Runnable listener);
}
