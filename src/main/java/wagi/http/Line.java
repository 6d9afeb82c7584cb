package wagi.http;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of one connection as HTTP sees them, with or without TLS below. */
interface Line {
  /**
   * Reads without waiting. Belongs to the I/O thread.
   *
   * @return the number of bytes; 0 when none are there, -1 at the end
   */
  int read(ByteBuffer into) throws IOException;

  /** Whether bytes may have come already, of which the socket will not tell. */
  boolean holdsBytes();

  /**
   * Writes what the socket takes.
   *
   * @return more than 0 when anything moved
   */
  long write(ByteBuffer... from) throws IOException;

  /** Returns whether nothing waits below. */
  boolean flush() throws IOException;

  /** Says that no more bytes will follow. */
  void end() throws IOException;
}
