package wagi.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;

/** One client that asks one thing after another on a connection, opened anew when it was closed. */
final class KeptConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;

  /** What came for one request; a body without a length is read to the end of the connection. */
  record Answer(int status, String body) {}

  private final InetSocketAddress address;
  private final byte[] request;
  private final byte[] buffer = new byte[4096];
  private volatile Socket socket = new Socket();

  KeptConnection(InetSocketAddress address, String target) {
    this.address = address;
    request = ("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(ISO_8859_1);
  }

  Answer ask() throws IOException {
    if (!socket.isConnected() || socket.isClosed()) {
      open();
    }
    socket.getOutputStream().write(request);
    InputStream in = socket.getInputStream();
    StringBuilder text = new StringBuilder();
    int end = -1;
    while (end < 0) {
      int count = in.read(buffer);
      if (count < 0) {
        socket.close();
        throw new EOFException("the connection ended after '" + text + "'");
      }
      text.append(new String(buffer, 0, count, ISO_8859_1));
      end = text.indexOf("\r\n\r\n");
    }
    String head = text.substring(0, end).toLowerCase(Locale.ROOT);
    String body = text.substring(end + 4) + rest(in, head, text.length() - end - 4);
    if (head.contains("\nconnection: close")) {
      socket.close();
    }
    return new Answer(Integer.parseInt(head.substring(9, 12)), body);
  }

  private void open() throws IOException {
    socket = new Socket();
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    socket.connect(address, TIMEOUT_MILLIS);
  }

  private String rest(InputStream in, String head, int there) throws IOException {
    int at = head.indexOf("\ncontent-length: ");
    if (at < 0) {
      throw new IOException("an answer without a length: " + head);
    }
    int length = Integer.parseInt(head.substring(at + 17).lines().findFirst().orElseThrow());
    byte[] bytes = in.readNBytes(length - there);
    if (bytes.length < length - there) {
      throw new EOFException("the body ended after " + bytes.length + " bytes of " + length);
    }
    return new String(bytes, ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
