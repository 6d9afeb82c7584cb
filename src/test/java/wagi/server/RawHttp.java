package wagi.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A client that sends what it is told, byte for byte, and shows what came. A char is a byte. */
public final class RawHttp implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  private RawHttp(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = socket.getInputStream();
  }

  public static RawHttp to(InetSocketAddress address) throws IOException {
    return new RawHttp(new Socket(address.getAddress(), address.getPort()));
  }

  /** Sends one request that closes its connection and returns the answer. */
  public static RawAnswer exchange(InetSocketAddress address, String request) throws IOException {
    try (RawHttp client = to(address)) {
      return client.send(request).rest();
    }
  }

  /** Sends a GET that closes its connection and returns the answer. */
  public static RawAnswer get(InetSocketAddress address, String target) throws IOException {
    return exchange(address, get(target));
  }

  public static String get(String target) {
    return "GET " + target + " HTTP/1.1\r\nHost: localhost:3000\r\nConnection: close\r\n\r\n";
  }

  /** Returns a request written in lines as it goes over the wire. */
  public static String wire(String lines) {
    return lines.replace("\n", "\r\n");
  }

  public RawHttp send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** Reads until what has come so far ends in this text. */
  public String readUntil(String end) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    while (!read.toString(ISO_8859_1).endsWith(end)) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("ended before '" + end + "': " + read.toString(ISO_8859_1));
      }
      read.write(b);
    }
    return read.toString(ISO_8859_1);
  }

  /** Reads the whole answer, until the server closes. */
  public RawAnswer rest() throws IOException {
    return RawAnswer.of(readToEnd());
  }

  /** Reads what is left of an answer, as it comes over the wire. */
  public String readToEnd() throws IOException {
    return new String(in.readAllBytes(), ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
