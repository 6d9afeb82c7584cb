package wagi.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import wagi.message.Handler;
import wagi.message.Headers;

/** Takes the frames of one HTTP/2 connection, and has its streams. Belongs to the I/O thread. */
final class Http2Receiver {
  private static final int STREAMS_MAX = 100;
  private static final int WINDOW = 256 * 1024;
  private static final int BLOCK_BYTES_MAX = RawHead.BYTES_MAX;
  private static final int CONTINUATIONS_MAX = 16;

  private static final int HEADER_TABLE_SIZE = 1;
  private static final int ENABLE_PUSH = 2;
  private static final int MAX_CONCURRENT_STREAMS = 3;
  private static final int INITIAL_WINDOW_SIZE = 4;
  private static final int MAX_FRAME_SIZE = 5;
  private static final int MAX_HEADER_LIST_SIZE = 6;
  private static final int SETTING_BYTES = 6;

  private final Http2Connection connection;
  private final Handler handler;
  private final Http2Output output;
  private final HpackDecoder decoder = new HpackDecoder();
  private final Map<Integer, Http2Stream> streams = new ConcurrentHashMap<>();

  private final Http2Patience control = new Http2Patience(1000, 100);
  private final Http2Patience resets = new Http2Patience(100, 20);

  private int window = WINDOW;
  private int released;
  private boolean settled;
  private int lastStream;
  private @Nullable Block block;

  /** A header block of which more follows. */
  private static final class Block {
    private final int stream;
    private final boolean end;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final long sinceNanos = System.nanoTime();
    private int frames;

    private Block(int stream, boolean end) {
      this.stream = stream;
      this.end = end;
    }
  }

  Http2Receiver(Http2Connection connection, Handler handler) {
    this.connection = connection;
    this.handler = handler;
    this.output = connection.output();
  }

  /** Says what we allow. */
  void greet() {
    ByteBuffer settings =
        Http2Frame.begin(Http2Frame.SETTINGS, 0, 0, 2 * SETTING_BYTES, 2 * SETTING_BYTES);
    settings.putShort((short) MAX_CONCURRENT_STREAMS).putInt(STREAMS_MAX);
    settings.putShort((short) MAX_HEADER_LIST_SIZE).putInt(RawHead.BLOCK_BYTES_MAX);
    output.frame(settings.flip());
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
    Block open = block;
    return open == null ? System.nanoTime() : open.sinceNanos;
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
    return Http2Frame.of(Http2Frame.GOAWAY, 0, 0, lastStream, error.code);
  }

  /** Bytes of bodies have been used, so that as many may come. */
  void release(int bytes) {
    released += bytes;
    if (released >= WINDOW / 2) {
      output.frame(Http2Frame.of(Http2Frame.WINDOW_UPDATE, 0, 0, released));
      window += released;
      released = 0;
    }
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
    window -= bytes;
    if (window < 0) {
      throw new Http2Exception(Http2Error.FLOW_CONTROL_ERROR, "more data than the window");
    }
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
    ByteBuffer payload = frame.unpadded();
    if (frame.has(Http2Frame.PRIORITY_THERE)) {
      if (payload.remaining() < 5) {
        throw new Http2Exception(Http2Error.FRAME_SIZE_ERROR, "HEADERS without their priority");
      }
      payload.position(payload.position() + 5);
    }
    if ((frame.stream() & 1) == 0) {
      throw protocol("a stream of a client has an odd number");
    }
    block = new Block(frame.stream(), frame.has(Http2Frame.END_STREAM));
    more(block, payload, frame.has(Http2Frame.END_HEADERS));
  }

  private void continuation(Http2Frame frame) throws Http2Exception {
    Block open = block;
    if (open == null || open.stream != frame.stream()) {
      throw protocol("CONTINUATION of nothing");
    }
    more(open, frame.payload(), frame.has(Http2Frame.END_HEADERS));
  }

  private void more(Block open, ByteBuffer payload, boolean last) throws Http2Exception {
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    open.bytes.writeBytes(bytes);
    if (open.bytes.size() > BLOCK_BYTES_MAX || ++open.frames > CONTINUATIONS_MAX) {
      throw new Http2Exception(Http2Error.ENHANCE_YOUR_CALM, "a header block without end");
    }
    if (last) {
      block = null;
      whole(open, decoder.decode(ByteBuffer.wrap(open.bytes.toByteArray())));
    }
  }

  private void whole(Block open, HpackDecoder.Block fields) throws Http2Exception {
    if (open.stream <= lastStream) {
      trailers(open);
      return;
    }
    boolean full = streams.size() >= STREAMS_MAX;
    if (connection.leaving() || full) {
      if (full) {
        lastStream = open.stream;
        resets.spend("streams beyond their number");
      }
      refuse(open.stream);
      return;
    }
    lastStream = open.stream;
    request(open, fields);
  }

  private void refuse(int stream) {
    output.frame(
        Http2Frame.of(Http2Frame.RST_STREAM, 0, stream, Http2Error.REFUSED_STREAM.code));
  }

  private void trailers(Block open) throws Http2Exception {
    Http2Stream stream = streams.get(open.stream);
    if (stream == null) {
      // It may have been reset while they were under way.
      control.spend("frames of closed streams");
      return;
    }
    if (!open.end) {
      throw protocol("trailers that do not end the stream");
    }
    stream.endReceived();
  }

  private void request(Block open, HpackDecoder.Block fields) throws Http2Exception {
    String line = Http2Head.requestLine(fields.fields());
    try {
      Head head = Http2Head.check(fields, open.end);
      Http2Stream stream = open(open, line, head.contentLength());
      try {
        new Exchange(connection.front(), handler, stream, head).start();
      } catch (RefusedException e) {
        stream.refuse(Front.newRequestId(), head.headers(), e.answer());
      }
    } catch (RefusedException e) {
      Http2Stream stream = open(open, line, -1);
      stream.refuse(Front.newRequestId(), Headers.none(), e.answer());
    }
  }

  private Http2Stream open(Block open, String line, long promised) {
    Http2Stream stream = new Http2Stream(open.stream, connection, line, promised, open.end);
    streams.put(open.stream, stream);
    connection.counted();
    return stream;
  }

  private void reset(Http2Frame frame) throws Http2Exception {
    checkLength(frame, 4);
    Http2Stream stream = known(frame);
    if (stream == null) {
      control.spend("frames of closed streams");
      return;
    }
    resets.spend("resets");
    stream.resetByClient();
  }

  private void priority(Http2Frame frame) throws Http2Exception {
    checkLength(frame, 5);
    if (frame.stream() == 0) {
      throw protocol("the priority of no stream");
    }
    control.spend("frames that are no request");
  }

  private void ping(Http2Frame frame) throws Http2Exception {
    checkLength(frame, 8);
    checkConnection(frame);
    control.spend("pings");
    if (!frame.has(Http2Frame.ACK)) {
      ByteBuffer payload = frame.payload();
      output.frame(
          Http2Frame.of(Http2Frame.PING, Http2Frame.ACK, 0, payload.getInt(), payload.getInt()));
    }
  }

  private void windowUpdate(Http2Frame frame) throws Http2Exception {
    checkLength(frame, 4);
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
    ByteBuffer payload = frame.payload();
    if (frame.has(Http2Frame.ACK)) {
      checkLength(frame, 0);
      return;
    }
    if (payload.remaining() % SETTING_BYTES != 0) {
      throw new Http2Exception(Http2Error.FRAME_SIZE_ERROR, "half a setting");
    }
    while (payload.hasRemaining()) {
      setting(payload.getShort() & 0xffff, payload.getInt());
    }
    settled = true;
    output.frame(Http2Frame.of(Http2Frame.SETTINGS, Http2Frame.ACK, 0));
    output.tellWaiting();
  }

  private void setting(int key, int value) throws Http2Exception {
    switch (key) {
      case INITIAL_WINDOW_SIZE -> {
        if (value < 0) {
          throw new Http2Exception(Http2Error.FLOW_CONTROL_ERROR, "a window beyond its limit");
        }
        output.initialWindow(
            value, streams.values().stream().map(Http2Stream::sender).toList());
      }
      case ENABLE_PUSH -> check(value == 0 || value == 1, "ENABLE_PUSH");
      case MAX_FRAME_SIZE ->
          check(
              value >= Http2Frame.PAYLOAD_BYTES_MAX && value < 1 << 24, "MAX_FRAME_SIZE");
      case HEADER_TABLE_SIZE, MAX_CONCURRENT_STREAMS, MAX_HEADER_LIST_SIZE -> {
        // We keep no table, open no streams, and our heads are what guests make them.
      }
      default -> {
        // Extensions are not for us.
      }
    }
  }

  private static void check(boolean good, String setting) throws Http2Exception {
    if (!good) {
      throw protocol(setting + " out of its range");
    }
  }

  private static void checkLength(Http2Frame frame, int length) throws Http2Exception {
    if (frame.payload().remaining() != length) {
      throw new Http2Exception(Http2Error.FRAME_SIZE_ERROR, "a frame of another length");
    }
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
