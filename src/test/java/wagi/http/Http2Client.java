package wagi.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import wagi.http.HpackTable.Field;

/** Speaks frames with a server, and checks nothing it is not asked to. */
final class Http2Client implements AutoCloseable {
  private final Socket socket;
  private final DataInputStream in;
  private final HpackDecoder decoder = new HpackDecoder();

  Http2Client(InetSocketAddress server) throws IOException {
    this(server, 0);
  }

  /**
   * @param receiveBuffer in bytes; 0 for the system's own
   */
  Http2Client(InetSocketAddress server, int receiveBuffer) throws IOException {
    socket = RawClient.connected(server, receiveBuffer);
    in = new DataInputStream(socket.getInputStream());
  }

  /** A frame that came. */
  record Frame(int type, int flags, int stream, ByteBuffer payload) {
    boolean ends() {
      return (flags & Http2Frame.END_STREAM) != 0;
    }

    /** The error of RST_STREAM, or of GOAWAY. */
    int error() {
      return payload.getInt(type == Http2Frame.GOAWAY ? 4 : 0);
    }
  }

  /** An answer, whole. */
  record Answer(List<Field> head, String body) {
    String header(String name) {
      return head.stream()
          .filter(field -> field.name().equals(name))
          .map(Field::value)
          .findFirst()
          .orElse("");
    }

    int status() {
      return Integer.parseInt(header(":status"));
    }
  }

  Http2Client begin(int... settings) throws IOException {
    send(Http2Preface.BYTES);
    ByteBuffer payload = ByteBuffer.allocate(settings.length * 3);
    for (int i = 0; i < settings.length; i += 2) {
      payload.putShort((short) settings[i]).putInt(settings[i + 1]);
    }
    return frame(Http2Frame.SETTINGS, 0, 0, payload.array());
  }

  Http2Client send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  void endSending() throws IOException {
    socket.shutdownOutput();
  }

  Http2Client frame(int type, int flags, int stream, byte... payload) throws IOException {
    return send(
        Http2Frame.begin(type, flags, stream, payload.length, payload.length).put(payload).array());
  }

  Http2Client words(int type, int flags, int stream, int... words) throws IOException {
    return send(Http2Frame.of(type, flags, stream, words).array());
  }

  /** A header block of literals that nothing refers to. */
  static byte[] block(String... namesAndValues) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      block.write(0);
      string(block, namesAndValues[i]);
      string(block, namesAndValues[i + 1]);
    }
    return block.toByteArray();
  }

  private static void string(ByteArrayOutputStream block, String text) {
    int rest = text.length() - 127;
    block.write(Math.min(text.length(), 127));
    while (rest >= 128) {
      block.write(128 | (rest & 127));
      rest >>= 7;
    }
    if (text.length() >= 127) {
      block.write(rest);
    }
    block.writeBytes(text.getBytes(ISO_8859_1));
  }

  /** A whole request without a body. */
  Http2Client get(int stream, String path, String... more) throws IOException {
    return headers(stream, true, "GET", path, more);
  }

  Http2Client headers(int stream, boolean end, String method, String path, String... more)
      throws IOException {
    String[] all = new String[8 + more.length];
    String[] first = {":method", method, ":scheme", "http", ":path", path, ":authority", "a"};
    System.arraycopy(first, 0, all, 0, 8);
    System.arraycopy(more, 0, all, 8, more.length);
    int flags = Http2Frame.END_HEADERS | (end ? Http2Frame.END_STREAM : 0);
    return frame(Http2Frame.HEADERS, flags, stream, block(all));
  }

  Frame next() throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    byte[] payload = new byte[length];
    in.readFully(payload);
    return new Frame(type, flags, stream, ByteBuffer.wrap(payload));
  }

  /** Returns the next frame of this type; answers nothing meanwhile. */
  Frame next(int type) throws IOException {
    while (true) {
      Frame frame = next();
      if (frame.type() == type) {
        return frame;
      }
    }
  }

  /** Reads the answer on one stream, and lets the server send as much as it likes. */
  Answer answer(int stream) throws IOException {
    List<Field> head = List.of();
    StringBuilder body = new StringBuilder();
    while (true) {
      Frame frame = next();
      if (frame.type() == Http2Frame.GOAWAY) {
        throw new IOException("GOAWAY " + frame.error());
      }
      if (frame.stream() != stream || frame.type() == Http2Frame.WINDOW_UPDATE) {
        continue;
      }
      switch (frame.type()) {
        case Http2Frame.HEADERS -> head = decode(frame);
        case Http2Frame.DATA -> {
          int bytes = frame.payload().remaining();
          body.append(ISO_8859_1.decode(frame.payload()));
          if (bytes > 0 && !frame.ends()) {
            words(Http2Frame.WINDOW_UPDATE, 0, 0, bytes);
            words(Http2Frame.WINDOW_UPDATE, 0, stream, bytes);
          }
        }
        case Http2Frame.RST_STREAM -> throw new IOException("RST_STREAM " + frame.error());
        default -> throw new IOException("a frame of type " + frame.type());
      }
      if (frame.ends()) {
        return new Answer(head, body.toString());
      }
    }
  }

  private List<Field> decode(Frame frame) throws IOException {
    try {
      return decoder.decode(frame.payload()).fields();
    } catch (Http2Exception e) {
      throw new IOException(e);
    }
  }

  /** Returns the error of the GOAWAY that ends the connection; -1 when it ends without. */
  int goneWith() throws IOException {
    int error = -1;
    try {
      while (true) {
        Frame frame = next();
        if (frame.type() == Http2Frame.GOAWAY) {
          error = frame.error();
        }
      }
    } catch (EOFException | java.net.SocketException e) {
      return error;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
