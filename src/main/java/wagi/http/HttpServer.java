package wagi.http;

import io.undertow.UndertowOptions;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;
import wagi.http.tls.Tls;
import wagi.message.Connection;
import wagi.message.Handler;
import wagi.message.RefusalListener;

/** Listens on one or more addresses and hands whole requests to handlers. */
public final class HttpServer implements AutoCloseable {
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int BACKLOG = 1024;
  private static final int WORKERS = 4;
  private static final int QUERY_PARAMETERS_MAX = RawHead.LINE_BYTES_MAX;
  private static final long CERTIFICATES_SECONDS = 60;
  private static final Duration CLOSE_TIME_MAX = Duration.ofSeconds(5);

  private final HttpSettings settings;
  private final XnioWorker worker;
  private final DefaultByteBufferPool buffers = new DefaultByteBufferPool(true, BUFFER_BYTES);
  private final Front front;
  private final List<AcceptingChannel<? extends StreamConnection>> acceptors =
      new CopyOnWriteArrayList<>();
  private final List<HttpOpenListener> openers = new CopyOnWriteArrayList<>();
  private final Set<Tls> watched = ConcurrentHashMap.newKeySet();
  private final Set<Wire> wires = ConcurrentHashMap.newKeySet();

  public HttpServer(HttpSettings settings, RefusalListener refusals) throws IOException {
    this.settings = settings;
    Spool spool = new Spool(settings.spoolDirectory(), settings.spoolBytes());
    this.worker = Xnio.getInstance(HttpServer.class.getClassLoader()).createWorker(threads());
    this.front = new Front(settings, refusals, spool, worker);
  }

  private OptionMap threads() {
    return OptionMap.builder()
        .set(Options.WORKER_NAME, "http")
        .set(Options.WORKER_IO_THREADS, settings.ioThreads())
        .set(Options.WORKER_TASK_CORE_THREADS, WORKERS)
        .set(Options.WORKER_TASK_MAX_THREADS, WORKERS)
        .set(Options.THREAD_DAEMON, true)
        .getMap();
  }

  /**
   * Opens a listener of plain HTTP.
   *
   * @return the address it is bound to, with the true port
   * @throws BindException when the address is in use, not of this machine, or not allowed
   */
  public InetSocketAddress listen(InetSocketAddress address, Handler handler) throws IOException {
    return listen(address, handler, ListenOptions.PLAIN);
  }

  /** Opens a listener, as the method above does. */
  public InetSocketAddress listen(InetSocketAddress address, Handler handler, ListenOptions options)
      throws IOException {
    HttpOpenListener opener = new HttpOpenListener(buffers, protocol());
    opener.setRootHandler(new Intake(front, handler));
    Listener listener = new Listener(this, opener, handler);
    AcceptingChannel<StreamConnection> acceptor;
    try {
      acceptor =
          worker.createStreamConnectionServer(
              address,
              ChannelListeners.openListenerAdapter(
                  connection -> new Opening(front, connection, options, listener).start()),
              sockets());
    } catch (IOException e) {
      throw cannotListen(address, e);
    }
    if (options.tls() != null && watched.add(options.tls())) {
      watch(options.tls());
    }
    acceptors.add(acceptor);
    openers.add(opener);
    acceptor.resumeAccepts();
    return acceptor.getLocalAddress(InetSocketAddress.class);
  }

  /** Looks for new certificates now and then, since whoever renews them may tell nobody. */
  private void watch(Tls tls) {
    var unused =
        worker
            .getIoThread()
            .executeAtInterval(
                () -> worker.execute(tls::reloadIfChanged), CERTIFICATES_SECONDS, TimeUnit.SECONDS);
  }

  private static BindException cannotListen(InetSocketAddress address, IOException cause) {
    String reason = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    BindException failure =
        new BindException(
            "cannot listen on "
                + address.getHostString()
                + ":"
                + address.getPort()
                + ": "
                + (address.isUnresolved() ? "the host name is not known" : reason));
    failure.initCause(cause);
    return failure;
  }

  /** Where connections of one listener go once it is known what they speak. */
  private record Listener(HttpServer server, HttpOpenListener opener, Handler handler)
      implements Opening.Opened {
    @Override
    public void http1(
        StreamConnection connection, Line line, Connection addresses, ByteBuffer ahead) {
      Wire wire = new Wire(connection, line, addresses, ahead);
      wire.install(() -> server.wires.remove(wire), () -> server.front.refuseUnparsed(wire));
      server.wires.add(wire);
      opener.handleEvent(connection);
      wire.refuseHopeless();
    }

    @Override
    public void http2(
        StreamConnection connection, Line line, Connection addresses, ByteBuffer ahead) {
      Http2Connection http2 =
          new Http2Connection(server.front, handler, connection, line, addresses);
      server.front.http2().add(http2);
      http2.start(ahead);
    }
  }

  private OptionMap sockets() {
    return OptionMap.builder()
        .set(Options.REUSE_ADDRESSES, true)
        .set(Options.TCP_NODELAY, true)
        .set(Options.BACKLOG, BACKLOG)
        .set(Options.CONNECTION_HIGH_WATER, settings.connections())
        .set(Options.CONNECTION_LOW_WATER, settings.connections())
        .getMap();
  }

  /** Undertow's limits are wide: the gate, which can answer properly, has the narrow ones. */
  private OptionMap protocol() {
    return OptionMap.builder()
        .set(UndertowOptions.MAX_HEADER_SIZE, RawHead.BYTES_MAX)
        .set(UndertowOptions.MAX_HEADERS, 2 * RawHead.FIELDS_MAX)
        .set(UndertowOptions.MAX_PARAMETERS, QUERY_PARAMETERS_MAX)
        .set(UndertowOptions.DECODE_URL, false)
        .set(UndertowOptions.URL_CHARSET, "ISO-8859-1")
        .set(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true)
        .set(UndertowOptions.ENABLE_HTTP2, false)
        .set(UndertowOptions.NO_REQUEST_TIMEOUT, (int) settings.keepAlive().toMillis())
        .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, (int) settings.headerTimeout().toMillis())
        .getMap();
  }

  /**
   * Closes the one listener that is bound to this address; its connections live on.
   *
   * @param bound as {@link #listen} returned it
   */
  public void stopListening(InetSocketAddress bound) {
    acceptors.removeIf(
        acceptor -> {
          boolean wanted = bound.equals(acceptor.getLocalAddress(InetSocketAddress.class));
          if (wanted) {
            IoUtils.safeClose(acceptor);
          }
          return wanted;
        });
  }

  /** Closes the listeners and idle connections; every other closes after its answer. */
  public void stopAccepting() {
    front.drain();
    acceptors.forEach(IoUtils::safeClose);
    acceptors.clear();
    front.opening().forEach(IoUtils::safeClose);
    front.http2().forEach(Http2Connection::leaveLater);
    for (Wire wire : wires) {
      wire.ioThread().execute(wire::closeIfIdle);
    }
  }

  /** Returns whether all requests that had begun were answered before the time was over. */
  public boolean awaitIdle(Duration atMost) {
    return front.inFlight().awaitNone(atMost);
  }

  /** Closes everything, whatever is in flight. */
  @Override
  public void close() {
    stopAccepting();
    openers.forEach(HttpOpenListener::closeConnections);
    front.http2().forEach(Http2Connection::closeLater);
    worker.shutdown();
    try {
      if (!worker.awaitTermination(CLOSE_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        worker.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      worker.shutdownNow();
    }
    buffers.close();
  }
}
