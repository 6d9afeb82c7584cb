package wagi.http;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import wagi.message.Handler;
import wagi.message.Headers;

/** Takes the frames of one HTTP/2 connection, and has its streams. Belongs to the I/O thread. */
final class Http2Receiver {
  static final int LAST_OF_ALL = Integer.MAX_VALUE;

  private static final int WINDOW = 256 * 1024;

  private final Http2Connection connection;
  private final Handler handler;
  private final Http2Output output;
  private final ReceiveWindow window;
  private final HpackDecoder decoder = new HpackDecoder();
  private final Map<Integer, Http2Stream> streams = new ConcurrentHashMap<>();

  private final Http2Patience control = new Http2Patience(1000, 100);
  private final Http2Patience resets = new Http2Patience(100, 20);

  private boolean settled;
  private int lastStream;
  private @Nullable Http2Block block;

  Http2Receiver(Http2Connection connection, Handler handler) {
    this.connection = connection;
    this.handler = handler;
    this.output = connection.output();
    this.window = new ReceiveWindow(0, WINDOW, output);
  }

  /** Says what we allow. */
  void greet() {
    output.frame(Http2Settings.ours());
    output.frame(Http2Frame.of(Http2Frame.WINDOW_UPDATE, 0, 0, WINDOW - Http2Output.WINDOW));
  }

  boolean settled() {
    return settled;
  }

  boolean inBlock() {
    return block != null;
  }

  /** Returns when the header block under way began. */
  long blockNanos() {
    Http2Block open = block;
    return open == null ? System.nanoTime() : open.sinceNanos();
  }

  boolean isIdle() {
    return streams.isEmpty();
  }

  void remove(Http2Stream stream) {
    streams.remove(stream.id());
  }

  void resetAll() {
    List.copyOf(streams.values()).forEach(Http2Stream::resetByClient);
  }

  ByteBuffer goAway(Http2Error error) {
    return goAway(lastStream, error);
  }

  /**
   * Says that the connection ends.
   *
   * @param last the last stream that is taken
   */
  ByteBuffer goAway(int last, Http2Error error) {
    return Http2Frame.of(Http2Frame.GOAWAY, 0, 0, last, error.code);
  }

  /** Bytes of bodies have been used, so that as many may come. */
  void release(int bytes) {
    window.release(bytes);
  }

  void blame(String what) throws Http2Exception {
    resets.spend(what);
  }

  void receive(Http2Frame frame) throws Http2Exception {
    if (!settled && (frame.type() != Http2Frame.SETTINGS || frame.has(Http2Frame.ACK))) {
      throw protocol("the first frame is not SETTINGS");
    }
    if (block != null && frame.type() != Http2Frame.CONTINUATION) {
      throw protocol("a frame inside a header block");
    }
    switch (frame.type()) {
      case Http2Frame.DATA -> data(frame);
      case Http2Frame.HEADERS -> headers(frame);
      case Http2Frame.CONTINUATION -> continuation(frame);
      case Http2Frame.RST_STREAM -> reset(frame);
      case Http2Frame.SETTINGS -> settings(frame);
      case Http2Frame.PING -> ping(frame);
      case Http2Frame.WINDOW_UPDATE -> windowUpdate(frame);
      case Http2Frame.PRIORITY -> priority(frame);
      case Http2Frame.PUSH_PROMISE -> throw protocol("a client pushes nothing");
      default -> control.spend("frames that are no request");
    }
  }

  private void data(Http2Frame frame) throws Http2Exception {
    int bytes = frame.payload().remaining();
    ByteBuffer data = frame.unpadded();
    boolean end = frame.has(Http2Frame.END_STREAM);
    if (!data.hasRemaining() && !end) {
      control.spend("empty frames");
    }
    window.take(bytes);
    Http2Stream stream = known(frame);
    if (stream == null) {
      control.spend("frames of closed streams");
      release(bytes);
      return;
    }
    stream.receive(data, bytes, end);
  }

  /** Returns the frame's stream, or null when it is closed. */
  private @Nullable Http2Stream known(Http2Frame frame) throws Http2Exception {
    if (frame.stream() == 0 || frame.stream() > lastStream || (frame.stream() & 1) == 0) {
      throw protocol("a frame of a stream that nobody opened");
    }
    return streams.get(frame.stream());
  }

  private void headers(Http2Frame frame) throws Http2Exception {
    ByteBuffer fragment = frame.fragment();
    if ((frame.stream() & 1) == 0) {
      throw protocol("a stream of a client has an odd number");
    }
    block = new Http2Block(frame.stream(), frame.has(Http2Frame.END_STREAM));
    more(block, fragment, frame.has(Http2Frame.END_HEADERS));
  }

  private void continuation(Http2Frame frame) throws Http2Exception {
    Http2Block open = block;
    if (open == null || open.stream() != frame.stream()) {
      throw protocol("CONTINUATION of nothing");
    }
    more(open, frame.payload(), frame.has(Http2Frame.END_HEADERS));
  }

  private void more(Http2Block open, ByteBuffer fragment, boolean last) throws Http2Exception {
    open.add(fragment);
    if (last) {
      block = null;
      whole(open, decoder.decode(open.whole()));
    }
  }

  private void whole(Http2Block open, HpackDecoder.Block fields) throws Http2Exception {
    if (open.stream() <= lastStream) {
      trailers(open);
      return;
    }
    boolean full = streams.size() >= Http2Settings.STREAMS_MAX;
    if (connection.leaving() || full) {
      if (full) {
        lastStream = open.stream();
        resets.spend("streams beyond their number");
      }
      refuse(open.stream());
      return;
    }
    lastStream = open.stream();
    request(open, fields);
  }

  private void refuse(int stream) {
    output.frame(Http2Frame.of(Http2Frame.RST_STREAM, 0, stream, Http2Error.REFUSED_STREAM.code));
  }

  private void trailers(Http2Block open) throws Http2Exception {
    Http2Stream stream = streams.get(open.stream());
    if (stream == null) {
      // It may have been reset while they were under way.
      control.spend("frames of closed streams");
      return;
    }
    if (!open.end()) {
      throw protocol("trailers that do not end the stream");
    }
    stream.endReceived();
  }

  private void request(Http2Block open, HpackDecoder.Block fields) throws Http2Exception {
    String line = Http2Head.requestLine(fields.fields());
    try {
      Head head = Http2Head.check(fields, open.end());
      Http2Stream stream = open(open, line, head.contentLength());
      try {
        new Exchange(connection.front(), handler.forRequest(), stream, head).start();
      } catch (RefusedException e) {
        stream.refuse(Front.newRequestId(), head.headers(), e);
      }
    } catch (RefusedException e) {
      Http2Stream stream = open(open, line, -1);
      stream.refuse(Front.newRequestId(), Headers.none(), e);
    }
  }

  private Http2Stream open(Http2Block open, String line, long promised) {
    Http2Stream stream = new Http2Stream(open.stream(), connection, line, promised, open.end());
    streams.put(open.stream(), stream);
    connection.counted();
    return stream;
  }

  private void reset(Http2Frame frame) throws Http2Exception {
    frame.checkLength(4);
    Http2Stream stream = known(frame);
    if (stream == null) {
      control.spend("frames of closed streams");
      return;
    }
    resets.spend("resets");
    stream.resetByClient();
  }

  private void priority(Http2Frame frame) throws Http2Exception {
    frame.checkLength(Http2Frame.PRIORITY_BYTES);
    if (frame.stream() == 0) {
      throw protocol("the priority of no stream");
    }
    control.spend("frames that are no request");
  }

  private void ping(Http2Frame frame) throws Http2Exception {
    frame.checkLength(8);
    checkConnection(frame);
    control.spend("pings");
    if (!frame.has(Http2Frame.ACK)) {
      ByteBuffer payload = frame.payload();
      output.frame(
          Http2Frame.of(Http2Frame.PING, Http2Frame.ACK, 0, payload.getInt(), payload.getInt()));
    }
  }

  private void windowUpdate(Http2Frame frame) throws Http2Exception {
    frame.checkLength(4);
    int increment = frame.payload().getInt() & 0x7fffffff;
    if (increment == 0) {
      throw protocol("a window wider by nothing");
    }
    if (frame.stream() == 0) {
      output.allow(increment);
    } else {
      Http2Stream stream = known(frame);
      if (stream == null) {
        control.spend("frames of closed streams");
        return;
      }
      output.allow(stream.sender(), increment);
    }
    output.tellWaiting();
  }

  private void settings(Http2Frame frame) throws Http2Exception {
    checkConnection(frame);
    control.spend("settings");
    if (frame.has(Http2Frame.ACK)) {
      frame.checkLength(0);
      return;
    }
    Http2Settings.apply(
        frame.payload(), output, streams.values().stream().map(Http2Stream::sender).toList());
    settled = true;
    output.frame(Http2Frame.of(Http2Frame.SETTINGS, Http2Frame.ACK, 0));
    output.tellWaiting();
  }

  private static void checkConnection(Http2Frame frame) throws Http2Exception {
    if (frame.stream() != 0) {
      throw protocol("a frame of the connection on a stream");
    }
  }

  private static Http2Exception protocol(String reason) {
    return new Http2Exception(Http2Error.PROTOCOL_ERROR, reason);
  }
}
