package wagi.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
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
 * handshake, a look at the first bytes. Belongs to the I/O thread, and is bounded in time.
 */
final class Opening {
  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Front front;
  private final StreamConnection connection;
  private final ListenOptions options;
  private final Listener listener;
  private final PlainLine plain;
  private Connection addresses;
  private volatile XnioExecutor.@Nullable Key timer;

  Opening(Listener listener, StreamConnection connection) {
    this.front = listener.front();
    this.connection = connection;
    this.options = listener.options();
    this.listener = listener;
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
    connection.setCloseListener(listener::closed);
    listener.opened(connection);
    boolean proxied = options.proxyProtocol() && front.trusts(addresses.remote());
    if (options.tls() == null && !proxied && !options.http2()) {
      http1(plain, "http", null, NOTHING);
      return;
    }
    front.opening().add(connection);
    boolean idle = options.tls() == null && !proxied;
    watchTime(idle);
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
      stopReading();
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
      sniff();
      return;
    }
    SSLEngine engine = options.http2() ? tls.engine("h2", "http/1.1") : tls.engine("http/1.1");
    new TlsHandshake(connection, engine, front.workers(), line -> shaken(engine, line)).start();
  }

  private void shaken(SSLEngine engine, TlsLine line) {
    if ("h2".equals(engine.getApplicationProtocol())) {
      http2(line, "https", subject(engine), NOTHING);
    } else {
      http1(line, "https", subject(engine), NOTHING);
    }
  }

  /** Finds out from the first bytes which version of HTTP the client speaks. */
  private void sniff() {
    if (!options.http2()) {
      http1(plain, "http", null, NOTHING);
      return;
    }
    ByteBuffer first = ByteBuffer.allocate(Http2Preface.BYTES.length);
    connection.getSourceChannel().setReadListener(channel -> sniff(first));
    sniff(first);
  }

  private void sniff(ByteBuffer first) {
    try {
      while (first.hasRemaining()) {
        int count = plain.read(first);
        if (!Http2Preface.beginsLike(first.duplicate().flip())) {
          stopReading();
          http1(plain, "http", null, first.flip());
          return;
        }
        if (count < 0) {
          IoUtils.safeClose(connection);
          return;
        }
        if (count == 0) {
          connection.getSourceChannel().resumeReads();
          return;
        }
      }
      stopReading();
      http2(plain, "http", null, first.flip());
    } catch (IOException e) {
      IoUtils.safeClose(connection);
    }
  }

  private void stopReading() {
    connection.getSourceChannel().suspendReads();
    connection.getSourceChannel().setReadListener(null);
  }

  private void http1(Line line, String scheme, @Nullable String subject, ByteBuffer ahead) {
    finish();
    listener.http1(connection, line, addresses(scheme, subject), ahead);
  }

  private void http2(Line line, String scheme, @Nullable String subject, ByteBuffer ahead) {
    finish();
    listener.http2(connection, line, addresses(scheme, subject), ahead);
  }

  private Connection addresses(String scheme, @Nullable String subject) {
    return new Connection(scheme, addresses.remote(), addresses.local(), subject);
  }

  private void finish() {
    front.opening().remove(connection);
    XnioExecutor.Key watch = timer;
    if (watch != null) {
      watch.remove();
    }
  }

  /**
   * @param idle nothing is asked of the client yet
   */
  private void watchTime(boolean idle) {
    HttpSettings settings = front.settings();
    Duration atMost = idle ? settings.keepAlive() : settings.headerTimeout();
    timer =
        connection
            .getIoThread()
            .executeAfter(() -> tooSlow(idle), atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tooSlow(boolean idle) {
    if (!idle) {
      front.headTooSlow();
    }
    IoUtils.safeClose(connection);
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
