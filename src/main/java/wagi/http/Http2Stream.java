package wagi.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.xnio.XnioIoThread;
import wagi.message.Connection;
import wagi.message.ErrorAnswer;
import wagi.message.Headers;

/**
 * One stream of HTTP/2. The way in belongs to the I/O thread, the way out to the answer; what ends
 * the stream may come from either.
 */
final class Http2Stream implements Stream, BodySource {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final int id;
  private final Http2Connection connection;
  private final Http2Output output;
  private final Http2Outgoing outgoing;
  private final ReceiveWindow window;
  private final String line;

  private final Deque<ByteBuffer> received = new ArrayDeque<>();
  private final long promised;
  private long total;
  private volatile boolean inEnded;
  private Runnable onReadable = () -> {};
  private boolean paused = true;

  private volatile boolean broken;
  private volatile boolean reset;
  private volatile Runnable onGone = () -> {};
  private final AtomicBoolean over = new AtomicBoolean();
  private final List<Runnable> onCompleted = new ArrayList<>();

  /**
   * @param promised the length of the body; -1 when it is not told
   */
  Http2Stream(int id, Http2Connection connection, String line, long promised, boolean ended) {
    this.id = id;
    this.connection = connection;
    this.output = connection.output();
    this.outgoing = new Http2Outgoing(this, output);
    this.window = new ReceiveWindow(id, Http2Output.WINDOW, output);
    this.line = line;
    this.promised = promised;
    this.inEnded = ended;
  }

  int id() {
    return id;
  }

  Http2Outgoing sender() {
    return outgoing;
  }

  /** Whether the stream has ended before its answer. */
  boolean isBroken() {
    return broken;
  }

  @Override
  public Connection addresses() {
    return connection.addresses();
  }

  @Override
  public XnioIoThread ioThread() {
    return connection.ioThread();
  }

  @Override
  public boolean persistent() {
    return true;
  }

  @Override
  public void onCompleted(Runnable action) {
    onCompleted.add(action);
  }

  @Override
  public BodySource body() {
    return this;
  }

  @Override
  public ByteBuffer ahead() {
    return NOTHING;
  }

  @Override
  public boolean sendContinue() {
    output.headers(id, new HpackEncoder(100).block(), false);
    connection.pump();
    return true;
  }

  /**
   * Takes data in.
   *
   * @param frameBytes padding included, which counts too
   */
  void receive(ByteBuffer data, int frameBytes, boolean end) throws Http2Exception {
    window.take(frameBytes);
    if (inEnded) {
      throw new Http2Exception(Http2Error.STREAM_CLOSED, "data behind the end of a stream");
    }
    total += data.remaining();
    inEnded = end;
    boolean wrong = promised >= 0 && (total > promised || (end && total < promised));
    if (wrong) {
      connection.release(frameBytes);
      connection.blame("bodies of another length than promised");
      resetStream(Http2Error.PROTOCOL_ERROR);
      clientGone();
      return;
    }
    acknowledge(frameBytes - data.remaining());
    if (data.hasRemaining()) {
      received.add(ByteBuffer.allocate(data.remaining()).put(data).flip());
    }
    if (!paused) {
      onReadable.run();
    }
  }

  /** Trailers end the body; nothing else becomes of them. */
  void endReceived() throws Http2Exception {
    receive(NOTHING, 0, true);
  }

  @Override
  public void enterBody(Runnable listener) {
    onReadable = listener;
    paused = false;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (broken) {
      throw new IOException("the client has reset the stream");
    }
    int count = 0;
    while (into.hasRemaining() && !received.isEmpty()) {
      ByteBuffer first = received.getFirst();
      int moved = Math.min(first.remaining(), into.remaining());
      into.put(first.slice(first.position(), moved));
      first.position(first.position() + moved);
      count += moved;
      if (!first.hasRemaining()) {
        received.removeFirst();
      }
    }
    acknowledge(count);
    return count == 0 && inEnded ? -1 : count;
  }

  /** Lets the client send as much again. */
  private void acknowledge(int count) {
    if (count == 0) {
      return;
    }
    connection.release(count);
    if (!inEnded && window.release(count)) {
      connection.pump();
    }
  }

  @Override
  public void pauseReads() {
    paused = true;
  }

  @Override
  public void resumeReads() {
    paused = false;
  }

  @Override
  public void watch(Runnable listener) {
    onGone = listener;
    paused = true;
    if (broken) {
      listener.run();
    }
  }

  @Override
  public Outgoing outgoing(Exchange exchange) {
    return outgoing.answering(exchange);
  }

  @Override
  public void refuse(String requestId, Headers headers, RefusedException refusal) {
    ErrorAnswer error = refusal.answer();
    connection.front().tellRefused(requestId, addresses(), line, headers, refusal);
    byte[] body = error.body(requestId);
    outgoing.head(error.status(), error.headers(requestId), body.length);
    outgoing.add(body, 0, line.startsWith("HEAD ") ? 0 : body.length);
    try {
      outgoing.send();
      if (outgoing.sent() || outgoing.ended) {
        complete(false);
        return;
      }
    } catch (IOException e) {
      // Its stream goes with it.
    }
    close(true);
  }

  @Override
  public void complete(boolean close) {
    if (!inEnded) {
      // The answer does not need the rest of the request.
      resetStream(Http2Error.NO_ERROR);
    }
    finish();
  }

  @Override
  public void close(boolean asError) {
    if (!outgoing.ended) {
      resetStream(Http2Error.INTERNAL_ERROR);
    }
    broken = true;
    finish();
  }

  private void resetStream(Http2Error error) {
    if (reset) {
      return;
    }
    reset = true;
    output.frame(Http2Frame.of(Http2Frame.RST_STREAM, 0, id, error.code));
    connection.pump();
  }

  /** The client has reset the stream, or its connection is gone. On the I/O thread. */
  void resetByClient() {
    reset = true;
    clientGone();
  }

  private void clientGone() {
    broken = true;
    if (!paused) {
      onReadable.run();
    }
    onGone.run();
    output.wake(outgoing);
  }

  private void finish() {
    if (over.compareAndSet(false, true)) {
      int unread = unread();
      if (unread > 0) {
        connection.release(unread);
      }
      connection.remove(this);
      onCompleted.forEach(Runnable::run);
    }
  }

  private int unread() {
    return received.stream().mapToInt(ByteBuffer::remaining).sum();
  }
}
