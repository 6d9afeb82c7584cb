package wagi.http;

import io.undertow.UndertowOptions;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;
import wagi.http.tls.Tls;
import wagi.message.Handler;
import wagi.message.IncidentListener;
import wagi.message.RefusalListener;

/** Listens on one or more addresses and hands whole requests to handlers. */
public final class HttpServer implements AutoCloseable {
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int WORKERS = 4;
  private static final long CERTIFICATES_SECONDS = 60;
  private static final int QUERY_PARAMETERS_MAX = RawHead.LINE_BYTES_MAX;

  /** How long a connection without a request may yet bring one while we close. */
  private static final Duration IDLE_TIME = Duration.ofMillis(500);

  private static final Duration IDLE_POLL = Duration.ofMillis(5);

  /** How long it may take until what was accepted has reached its I/O thread. */
  private static final Duration HAND_OVER_TIME = Duration.ofMillis(100);

  private static final Duration CLOSE_TIME_MAX = Duration.ofSeconds(5);

  private final HttpSettings settings;
  private final XnioWorker worker;
  private final DefaultByteBufferPool buffers = new DefaultByteBufferPool(true, BUFFER_BYTES);
  private final Front front;
  private final Acceptors acceptors;
  private final List<HttpOpenListener> openers = new CopyOnWriteArrayList<>();
  private final Map<InetSocketAddress, Front> fronts = new ConcurrentHashMap<>();
  private final Set<Tls> watched = ConcurrentHashMap.newKeySet();
  private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
  private final List<XnioIoThread> threads;

  /** Does what takes time and needs no settings. */
  public static void prepare() {
    UnmanagedXnio.settle();
    Xnio.getInstance(HttpServer.class.getClassLoader());
  }

  public HttpServer(HttpSettings settings, RefusalListener refusals, IncidentListener incidents)
      throws IOException {
    this.settings = settings;
    Spool spool = new Spool(settings.spoolDirectory(), settings.spoolBytes());
    ThreadGroup group = new ThreadGroup("http");
    this.worker =
        Xnio.getInstance(HttpServer.class.getClassLoader()).createWorker(group, threads());
    this.threads = ioThreads(group);
    this.front = new Front(settings, refusals, incidents, spool, worker);
    this.acceptors = new Acceptors(worker, settings.connections());
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

  /** Finds all of them; XNIO itself does not tell of the one that accepts. */
  private static List<XnioIoThread> ioThreads(ThreadGroup group) {
    Thread[] found = new Thread[2 * group.activeCount()];
    int count = group.enumerate(found);
    List<XnioIoThread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (found[i] instanceof XnioIoThread thread) {
        threads.add(thread);
      }
    }
    return List.copyOf(threads);
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
    Front own = front.ofListener();
    opener.setRootHandler(new Intake(own, handler));
    Listener listener = new Listener(wires, own, opener, handler, options);
    AcceptingChannel<StreamConnection> acceptor = acceptors.bind(address, listener);
    InetSocketAddress bound = acceptor.getLocalAddress(InetSocketAddress.class);
    openers.add(opener);
    fronts.put(bound, own);
    if (options.tls() != null && watched.add(options.tls())) {
      watch(options.tls());
    }
    acceptor.resumeAccepts();
    return bound;
  }

  /** Looks for new certificates now and then, since whoever renews them may tell nobody. */
  private void watch(Tls tls) {
    var unused =
        worker
            .getIoThread()
            .executeAtInterval(
                () -> worker.execute(tls::reloadIfChanged), CERTIFICATES_SECONDS, TimeUnit.SECONDS);
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
   * Closes the one listener that is bound to this address; each of its connections closes after its
   * answer, or when it has been idle for a moment.
   *
   * @param bound as {@link #listen} returned it
   */
  public void stopListening(InetSocketAddress bound) {
    Front own = fronts.remove(bound);
    if (own != null) {
      own.drain();
    }
    acceptors.finish(bound);
    wires.forEach(wire -> closeSoon(wire, bound));
    front.http2().stream()
        .filter(connection -> connection.front().equals(own))
        .forEach(connection -> connection.leaveSoon(IDLE_TIME));
  }

  /**
   * Closes the listeners; every connection closes after its next answer, or when it has been idle
   * for a moment. A client may be sending on what is idle for us.
   */
  public void stopAccepting() {
    front.drain();
    acceptors.finish();
    fronts.clear();
    wires.forEach(wire -> closeSoon(wire, null));
    front.http2().forEach(connection -> connection.leaveSoon(IDLE_TIME));
  }

  private static void closeSoon(Wire wire, @Nullable InetSocketAddress bound) {
    InetSocketAddress local = wire.addresses().local();
    boolean its =
        bound == null
            || (local.getPort() == bound.getPort()
                && (bound.getAddress().isAnyLocalAddress() || local.equals(bound)));
    if (its) {
      long idle = IDLE_TIME.toNanos();
      wire.ioThread().execute(() -> wire.closeIfIdle(idle));
      var unused =
          wire.ioThread()
              .executeAfter(() -> wire.closeIfIdle(0), IDLE_TIME.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /**
   * Returns whether all requests that had begun were answered before the time was over. To be asked
   * after {@link #stopAccepting}.
   */
  public boolean awaitIdle(Duration atMost) {
    long start = System.nanoTime();
    long idle = IDLE_TIME.plus(HAND_OVER_TIME).toNanos();
    while (true) {
      long passed = System.nanoTime() - start;
      boolean none = wires.isEmpty() && front.opening().isEmpty() && front.http2().isEmpty();
      boolean over = none ? passed > HAND_OVER_TIME.toNanos() : passed > idle;
      if (over && front.inFlight().none()) {
        return true;
      }
      if (passed >= atMost.toNanos() || Thread.currentThread().isInterrupted()) {
        return front.inFlight().none();
      }
      LockSupport.parkNanos(IDLE_POLL.toNanos());
    }
  }

  /**
   * Returns whether every I/O thread, and the one that accepts, does within this time what it is
   * given. Being out of connections or descriptors, which clients can bring about, does not make it
   * false.
   */
  public boolean answers(Duration within) {
    CountDownLatch answers = new CountDownLatch(threads.size());
    try {
      threads.forEach(thread -> thread.execute(answers::countDown));
      return answers.await(within.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Closes everything, whatever is in flight. */
  @Override
  public void close() {
    front.drain();
    acceptors.close();
    fronts.clear();
    openers.forEach(HttpOpenListener::closeConnections);
    front.opening().forEach(IoUtils::safeClose);
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
