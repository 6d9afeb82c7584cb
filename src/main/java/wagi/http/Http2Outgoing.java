package wagi.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wagi.message.Headers;

/** The answer on one stream of HTTP/2. */
final class Http2Outgoing implements Outgoing {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Http2Stream stream;
  private final Http2Output output;
  private @Nullable Exchange exchange;

  /** These four are guarded by the output's lock. */
  long sendWindow;

  boolean hungry;

  long mark;
  boolean ended;

  private byte @Nullable [] head;
  private ByteBuffer part = NOTHING;
  private boolean bodiless;
  private boolean counted;
  private long rest;
  private boolean last;

  Http2Outgoing(Http2Stream stream, Http2Output output) {
    this.stream = stream;
    this.output = output;
    this.sendWindow = output.initialWindow();
  }

  int id() {
    return stream.id();
  }

  Http2Outgoing answering(Exchange answered) {
    exchange = answered;
    return this;
  }

  @Override
  public void head(int status, Headers headers, long length) {
    boolean none = status == 204 || status == 304;
    bodiless = none || (exchange != null && exchange.head());
    counted = length >= 0 && !none;
    rest = counted ? length : 0;
    last = bodiless || length == 0;
    HpackEncoder block = new HpackEncoder(status).addAll(headers);
    if (!headers.contains("Date")) {
      block.add("date", ResponseHead.date());
    }
    if (counted) {
      block.add("content-length", Long.toString(length));
    }
    head = block.block();
  }

  @Override
  public boolean add(byte[] bytes, int offset, int length) {
    if (bodiless || length == 0) {
      return true;
    }
    int count = counted ? (int) Math.min(rest, length) : length;
    rest -= counted ? count : 0;
    last = counted && rest == 0;
    part = ByteBuffer.wrap(bytes, offset, count);
    return count == length;
  }

  @Override
  public boolean addEnd() {
    if (!bodiless) {
      last = true;
    }
    return bodiless || rest == 0;
  }

  @Override
  public boolean endsWithConnection() {
    return false;
  }

  @Override
  public boolean send() throws IOException {
    if (stream.isBroken()) {
      throw new IOException("the client does not want the answer any more");
    }
    boolean any = head != null;
    if (head != null) {
      boolean end = last && !part.hasRemaining();
      output.headers(id(), head, end);
      ended = end;
      head = null;
    }
    if (part.hasRemaining() || (last && !ended)) {
      any |= output.data(this, part, last);
    } else if (any) {
      output.data(this, NOTHING, false);
    }
    output.pump();
    return any;
  }

  @Override
  public boolean sent() throws IOException {
    if (stream.isBroken()) {
      throw new IOException("the client does not want the answer any more");
    }
    if (head != null || part.hasRemaining() || (last && !ended)) {
      return false;
    }
    part = NOTHING;
    return output.isWritten(this);
  }

  @Override
  public void drop() {
    part = NOTHING;
    head = null;
  }

  @Override
  public void onceWritable(Runnable listener) {
    output.onceWritable(this, listener);
    if (stream.isBroken()) {
      output.wake(this);
    }
  }
}
