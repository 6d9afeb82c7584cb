package wagi.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;
import wagi.http.tls.Tls;
import wagi.message.Connection;

/**
 * What happens to a connection before HTTP begins: the header of a load balancer, the TLS
 * handshake. Belongs to the I/O thread. All of it together must be done within the header timeout.
 */
final class Opening {
  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** Takes the connection over. */
  interface Opened {
    void http1(StreamConnection connection, Line line, Connection addresses, ByteBuffer ahead);
  }

  private final Front front;
  private final StreamConnection connection;
  private final ListenOptions options;
  private final Opened opened;
  private final PlainLine plain;
  private Connection addresses;
  private volatile XnioExecutor.@Nullable Key timer;

  Opening(Front front, StreamConnection connection, ListenOptions options, Opened opened) {
    this.front = front;
    this.connection = connection;
    this.options = options;
    this.opened = opened;
    this.plain =
        new PlainLine(
            connection.getSourceChannel().getConduit(), connection.getSinkChannel().getConduit());
    this.addresses =
        new Connection(
            "http",
            connection.getPeerAddress(InetSocketAddress.class),
            connection.getLocalAddress(InetSocketAddress.class));
  }

  void start() {
    boolean proxied = options.proxyProtocol() && front.trusts(addresses.remote());
    if (options.tls() == null && !proxied) {
      http(plain, "http", null);
      return;
    }
    front.opening().add(connection);
    connection.setCloseListener(front.opening()::remove);
    watchTime();
    // The thread that accepts has other connections to think of.
    connection.getIoThread().execute(proxied ? this::readProxyHeader : this::shake);
  }

  private void readProxyHeader() {
    ProxyHeader header = new ProxyHeader();
    connection.getSourceChannel().setReadListener(channel -> readProxyHeader(header));
    readProxyHeader(header);
  }

  private void readProxyHeader(ProxyHeader header) {
    try {
      for (int wanted = header.wanted(); wanted > 0; wanted = header.wanted()) {
        ByteBuffer buffer = ByteBuffer.allocate(wanted);
        int count = plain.read(buffer);
        if (count < 0) {
          throw new IOException("the end instead of a PROXY header");
        }
        if (count == 0) {
          connection.getSourceChannel().resumeReads();
          return;
        }
        header.add(buffer.flip());
      }
      connection.getSourceChannel().suspendReads();
      connection.getSourceChannel().setReadListener(null);
      ProxyHeader.Addresses told = header.addresses();
      if (told != null) {
        addresses = new Connection("http", told.remote(), told.local());
      }
      shake();
    } catch (IOException e) {
      LOG.debug("from {}: {}", addresses.remote(), e.getMessage());
      IoUtils.safeClose(connection);
    }
  }

  private void shake() {
    Tls tls = options.tls();
    if (tls == null) {
      http(plain, "http", null);
      return;
    }
    SSLEngine engine = tls.engine("http/1.1");
    new TlsHandshake(
            connection, engine, front.workers(), line -> http(line, "https", subject(engine)))
        .start();
  }

  private void http(Line line, String scheme, @Nullable String subject) {
    front.opening().remove(connection);
    XnioExecutor.Key watch = timer;
    if (watch != null) {
      watch.remove();
    }
    opened.http1(
        connection,
        line,
        new Connection(scheme, addresses.remote(), addresses.local(), subject),
        NOTHING);
  }

  private void watchTime() {
    long millis = front.settings().headerTimeout().toMillis();
    timer =
        connection
            .getIoThread()
            .executeAfter(() -> IoUtils.safeClose(connection), millis, TimeUnit.MILLISECONDS);
  }

  /** Returns the name in the client's certificate, which the handshake has verified. */
  private static @Nullable String subject(SSLEngine engine) {
    if (!engine.getNeedClientAuth()) {
      return null;
    }
    try {
      String name = engine.getSession().getPeerPrincipal().getName();
      return name.replaceAll("\\p{Cntrl}", "?");
    } catch (SSLPeerUnverifiedException e) {
      return null;
    }
  }
}
