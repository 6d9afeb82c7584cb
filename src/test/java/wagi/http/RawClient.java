package wagi.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Speaks bytes with a server, and reads answers without forgiving anything. */
final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket;
  private final InputStream in;

  /**
   * @param connected a socket of the caller's own making, such as one with TLS
   */
  RawClient(Socket connected) throws IOException {
    socket = connected;
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  RawClient(InetSocketAddress server) throws IOException {
    this(server, 0);
  }

  /**
   * @param receiveBuffer in bytes; 0 for the system's own
   */
  RawClient(InetSocketAddress server, int receiveBuffer) throws IOException {
    this(connected(server, receiveBuffer));
  }

  /** Returns a socket that does not wait for ever. */
  static Socket connected(InetSocketAddress server, int receiveBuffer) throws IOException {
    Socket socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    socket.connect(server, PATIENCE_MILLIS);
    return socket;
  }

  /** One answer. */
  record Response(String statusLine, List<String> headers, String body) {
    int status() {
      return Integer.parseInt(statusLine.substring(9, 12));
    }

    String header(String name) {
      String start = name.toLowerCase(java.util.Locale.ROOT) + ": ";
      return headers.stream()
          .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(start))
          .map(line -> line.substring(start.length()))
          .reduce((a, b) -> a + " | " + b)
          .orElse("");
    }
  }

  RawClient send(String chars) throws IOException {
    return send(chars.getBytes(ISO_8859_1));
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  void endSending() throws IOException {
    socket.shutdownOutput();
  }

  Response receive() throws IOException {
    return receive(true);
  }

  Response receive(boolean hasBody) throws IOException {
    String status = line();
    List<String> headers = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      headers.add(line);
    }
    Response head = new Response(status, headers, "");
    return hasBody ? new Response(status, headers, body(head)) : head;
  }

  private String body(Response head) throws IOException {
    int status = head.status();
    if (status == 204 || status == 304 || status == 100) {
      return "";
    }
    if (head.header("Transfer-Encoding").equals("chunked")) {
      return chunks();
    }
    String length = head.header("Content-Length");
    byte[] body = length.isEmpty() ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
    if (!length.isEmpty() && body.length < Integer.parseInt(length)) {
      throw new EOFException("the body ends after " + body.length + " of " + length + " bytes");
    }
    return new String(body, ISO_8859_1);
  }

  private String chunks() throws IOException {
    StringBuilder body = new StringBuilder();
    while (true) {
      int size = Integer.parseInt(line(), 16);
      body.append(new String(in.readNBytes(size), ISO_8859_1));
      String end = line();
      if (!end.isEmpty()) {
        throw new IOException("a chunk does not end where it says: " + end);
      }
      if (size == 0) {
        return body.toString();
      }
    }
  }

  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("the connection ends after: " + line.toString(ISO_8859_1));
      }
      if (b == '\r' && in.read() == '\n') {
        return line.toString(ISO_8859_1);
      }
      line.write(b);
    }
  }

  /** Returns the bytes that come next and leaves them there; fewer where the connection ends. */
  String peek(int count) throws IOException {
    in.mark(count);
    String next = new String(in.readNBytes(count), ISO_8859_1);
    in.reset();
    return next;
  }

  byte[] bytes(int count) throws IOException {
    return in.readNBytes(count);
  }

  /** Returns whether the server has closed, orderly or not, without another byte. */
  boolean atEnd() {
    try {
      return in.read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Ends the connection with a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
