package wagi.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One client that asks one thing after another on a connection, opened anew when it was closed.
 * Nothing here waits but the opening.
 */
final class KeptConnection implements AutoCloseable {
  /** What came for one request. */
  record Answer(int status, String body) {}

  private final InetSocketAddress address;
  private final Selector selector;
  private final byte[] request;
  private final ByteBuffer received = ByteBuffer.allocate(4096);
  private @Nullable SocketChannel channel;

  /** When it should ask, or should have asked. */
  long due;

  KeptConnection(InetSocketAddress address, String target, Selector selector) {
    this.address = address;
    this.selector = selector;
    request = ("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(ISO_8859_1);
  }

  void ask() throws IOException {
    received.clear();
    SocketChannel to = channel == null ? open() : channel;
    if (to.write(ByteBuffer.wrap(request)) < request.length) {
      throw new IOException("the request was not taken at once");
    }
  }

  private SocketChannel open() throws IOException {
    SocketChannel opened = SocketChannel.open(address);
    channel = opened;
    opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
    opened.configureBlocking(false);
    opened.register(selector, SelectionKey.OP_READ, this);
    return opened;
  }

  /** Takes what has come; the answer when it is whole. */
  Optional<Answer> read() throws IOException {
    if (channel == null || channel.read(received) < 0) {
      close();
      throw new EOFException("the connection ended after '" + text() + "'");
    }
    String text = text();
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return Optional.empty();
    }
    String head = text.substring(0, end).toLowerCase(Locale.ROOT);
    String body = text.substring(end + 4);
    if (body.length() < length(head)) {
      return Optional.empty();
    }
    if (head.contains("\nconnection: close")) {
      close();
    }
    return Optional.of(new Answer(Integer.parseInt(head.substring(9, 12)), body));
  }

  private String text() {
    return new String(received.array(), 0, received.position(), ISO_8859_1);
  }

  private static int length(String head) throws IOException {
    int at = head.indexOf("\ncontent-length: ");
    if (at < 0) {
      throw new IOException("an answer without a length: " + head);
    }
    return Integer.parseInt(head.substring(at + 17).lines().findFirst().orElseThrow());
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }
}
