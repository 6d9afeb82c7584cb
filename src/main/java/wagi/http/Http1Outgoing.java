package wagi.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import wagi.http.ResponseHead.Framing;
import wagi.message.Headers;

/** An answer of HTTP/1: the bytes that wait for the socket. */
final class Http1Outgoing implements Outgoing {
  private static final byte[] CRLF = {'\r', '\n'};
  private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};
  private static final ByteBuffer[] NOTHING = {};

  private final Wire wire;
  private final Exchange exchange;
  private ByteBuffer[] pending = NOTHING;
  private Framing framing = new Framing.NoBody();
  private boolean bodiless;
  private long rest;

  Http1Outgoing(Wire wire, Exchange exchange) {
    this.wire = wire;
    this.exchange = exchange;
  }

  @Override
  public void head(int status, Headers headers, long length) {
    if (ResponseHead.wantsClose(headers)) {
      exchange.closeAfter();
    }
    if (status == 204 || status == 304) {
      framing = new Framing.NoBody();
    } else if (length >= 0) {
      framing = new Framing.Length(length);
    } else {
      framing = exchange.http10() ? new Framing.UntilClose() : new Framing.Chunked();
    }
    byte[] head = ResponseHead.bytes(status, headers, framing, exchange.closes());
    // The framing of an answer to HEAD is told, although no body follows.
    bodiless = exchange.head() || framing instanceof Framing.NoBody;
    rest = framing instanceof Framing.Length(long bytes) ? bytes : 0;
    pending = new ByteBuffer[] {ByteBuffer.wrap(head)};
  }

  @Override
  public boolean add(byte[] bytes, int offset, int length) {
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

  @Override
  public boolean addEnd() {
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

  @Override
  public boolean endsWithConnection() {
    return framing instanceof Framing.UntilClose;
  }

  @Override
  public boolean send() throws IOException {
    return wire.write(pending) > 0;
  }

  @Override
  public boolean sent() throws IOException {
    for (ByteBuffer buffer : pending) {
      if (buffer.hasRemaining()) {
        return false;
      }
    }
    pending = NOTHING;
    return wire.flush();
  }

  @Override
  public void drop() {
    pending = NOTHING;
  }

  @Override
  public void onceWritable(Runnable listener) {
    wire.onceWritable(listener);
  }
}
