package wagi.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import wagi.http.ResponseHead.Framing;

/** The bytes of one answer that wait for the socket, in their framing. */
final class Outgoing {
  private static final byte[] CRLF = {'\r', '\n'};
  private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};
  private static final ByteBuffer[] NOTHING = {};

  private final Wire wire;
  private ByteBuffer[] pending = NOTHING;
  private Framing framing = new Framing.NoBody();
  private boolean bodiless;
  private long rest;

  Outgoing(Wire wire) {
    this.wire = wire;
  }

  /**
   * @param discards the body is not sent, although its framing is told (an answer to HEAD)
   */
  void head(byte[] head, Framing framing, boolean discards) {
    this.framing = framing;
    bodiless = discards || framing instanceof Framing.NoBody;
    rest = framing instanceof Framing.Length(long bytes) ? bytes : 0;
    pending = new ByteBuffer[] {ByteBuffer.wrap(head)};
  }

  /** Adds a part of the body; returns false when it went beyond the length that was promised. */
  boolean add(byte[] bytes, int offset, int length) {
    if (bodiless || length == 0) {
      return true;
    }
    int count = length;
    if (framing instanceof Framing.Length) {
      count = (int) Math.min(rest, length);
      rest -= count;
    }
    ByteBuffer part = ByteBuffer.wrap(bytes, offset, count);
    if (framing instanceof Framing.Chunked) {
      byte[] size = (Integer.toHexString(length) + "\r\n").getBytes(US_ASCII);
      pending = after(ByteBuffer.wrap(size), part, ByteBuffer.wrap(CRLF));
    } else {
      pending = after(part);
    }
    return count == length;
  }

  /** Adds the end of the body; returns false when it falls short of the length promised. */
  boolean addEnd() {
    if (bodiless) {
      return true;
    }
    if (framing instanceof Framing.Chunked) {
      pending = after(ByteBuffer.wrap(LAST_CHUNK));
    }
    return rest == 0;
  }

  /** Parts are added when all before them are sent, except perhaps the head. */
  private ByteBuffer[] after(ByteBuffer... parts) {
    if (pending.length == 0 || !pending[0].hasRemaining()) {
      return parts;
    }
    ByteBuffer[] all = new ByteBuffer[1 + parts.length];
    all[0] = pending[0];
    System.arraycopy(parts, 0, all, 1, parts.length);
    return all;
  }

  boolean endsWithConnection() {
    return framing instanceof Framing.UntilClose;
  }

  /** Hands the socket what it takes; returns whether it took any. */
  boolean send() throws IOException {
    return wire.write(pending) > 0;
  }

  /** Returns whether all is sent. */
  boolean sent() throws IOException {
    for (ByteBuffer buffer : pending) {
      if (buffer.hasRemaining()) {
        return false;
      }
    }
    pending = NOTHING;
    return wire.flush();
  }

  void drop() {
    pending = NOTHING;
  }
}
