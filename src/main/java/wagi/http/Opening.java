package wagi.http;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;
import wagi.http.tls.Tls;
import wagi.message.Connection;

/**
 * What happens to a connection before HTTP begins: its TLS handshake. Belongs to the I/O thread.
 * All of it together must be done within the header timeout.
 */
final class Opening {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** Takes the connection over. */
  interface Opened {
    void http1(StreamConnection connection, Line line, Connection addresses, ByteBuffer ahead);
  }

  private final Front front;
  private final StreamConnection connection;
  private final ListenOptions options;
  private final Opened opened;
  private XnioExecutor.@Nullable Key timer;

  Opening(Front front, StreamConnection connection, ListenOptions options, Opened opened) {
    this.front = front;
    this.connection = connection;
    this.options = options;
    this.opened = opened;
  }

  void start() {
    Tls tls = options.tls();
    if (tls == null) {
      opened.http1(connection, plain(), addresses("http", null), NOTHING);
      return;
    }
    front.opening().add(connection);
    connection.setCloseListener(front.opening()::remove);
    // The thread that accepts has other connections to think of.
    connection.getIoThread().execute(() -> shake(tls));
  }

  private void shake(Tls tls) {
    watchTime();
    SSLEngine engine = tls.engine("http/1.1");
    new TlsHandshake(connection, engine, front.workers(), line -> shaken(engine, line)).start();
  }

  private void watchTime() {
    long millis = front.settings().headerTimeout().toMillis();
    timer =
        connection
            .getIoThread()
            .executeAfter(() -> IoUtils.safeClose(connection), millis, TimeUnit.MILLISECONDS);
  }

  private void finish() {
    front.opening().remove(connection);
    if (timer != null) {
      timer.remove();
    }
  }

  private void shaken(SSLEngine engine, TlsLine line) {
    finish();
    opened.http1(connection, line, addresses("https", subject(engine)), NOTHING);
  }

  private PlainLine plain() {
    return new PlainLine(
        connection.getSourceChannel().getConduit(), connection.getSinkChannel().getConduit());
  }

  private Connection addresses(String scheme, @Nullable String subject) {
    return new Connection(
        scheme,
        connection.getPeerAddress(InetSocketAddress.class),
        connection.getLocalAddress(InetSocketAddress.class),
        subject);
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
