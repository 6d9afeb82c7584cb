package wagi.benchmarks.soak;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Locale;

/** A connection that is kept open from request to request; it costs the machine little. */
final class Connection implements AutoCloseable {
  /**
   * What came back.
   *
   * @param whole false when the body was broken off
   */
  record Answer(int status, String body, boolean whole) {}

  private static final int LONGEST_LINE = 16 * 1024;
  private static final int LONGEST_BODY = 8 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final int port;
  private Socket socket;
  private InputStream in;

  Connection(int port) {
    this.port = port;
  }

  /** Sends a request whose answer nobody waits for; it goes on until the socket is closed. */
  static Socket abandoned(int port, String path) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    return socket;
  }

  Answer exchange(byte[] request) throws IOException {
    try {
      return exchangeOnce(request);
    } catch (IOException e) {
      close();
      throw e;
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      close();
      throw new IOException("no answer in HTTP: " + e.getMessage(), e);
    }
  }

  private Answer exchangeOnce(byte[] request) throws IOException {
    if (socket == null) {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) PATIENCE.toMillis());
      in = new BufferedInputStream(socket.getInputStream(), LONGEST_LINE);
    }
    socket.getOutputStream().write(request);
    String statusLine = line();
    int status = Integer.parseInt(statusLine.split(" ", 3)[1]);
    long length = 0;
    boolean chunked = false;
    boolean last = false;
    for (String field = line(); !field.isEmpty(); field = line()) {
      String lower = field.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(lower.substring(15).strip());
      }
      chunked |= lower.startsWith("transfer-encoding:");
      last |= lower.startsWith("connection:") && lower.contains("close");
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean whole = chunked ? chunks(body) : piece(body, length);
    if (last || !whole) {
      close();
    }
    return new Answer(status, body.toString(ISO_8859_1), whole);
  }

  private boolean chunks(ByteArrayOutputStream body) throws IOException {
    try {
      for (; ; ) {
        int size = Integer.parseInt(line(), 16);
        if (!piece(body, size)) {
          return false;
        }
        line();
        if (size == 0) {
          return true;
        }
      }
    } catch (EOFException | SocketException e) {
      return false; // which is how a body is broken off
    }
  }

  private boolean piece(ByteArrayOutputStream body, long length) throws IOException {
    if (body.size() + length > LONGEST_BODY) {
      throw new IOException("a body of more than " + LONGEST_BODY + " bytes");
    }
    byte[] bytes = in.readNBytes((int) length);
    body.writeBytes(bytes);
    return bytes.length == length;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection was closed before an answer");
      }
      if (line.length() == LONGEST_LINE) {
        throw new IOException("a line of more than " + LONGEST_LINE + " bytes");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
