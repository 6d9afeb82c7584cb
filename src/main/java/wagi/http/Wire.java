package wagi.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.xnio.IoUtils;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.StreamSourceConduit;
import wagi.message.Connection;

/**
 * One connection, below Undertow.
 *
 * <pre>
 *            head complete          body complete         exchange complete, and
 *                                                          Undertow reads or waits again
 *   HEAD ──────────────────▶ BODY ────────────────▶ WATCH ──────────────────────────────▶ HEAD
 *   Undertow reads,          we read               nobody reads: what comes is kept,
 *   we record                                      the end means the client is gone
 *
 *   any ── refused ──▶ DRAIN: what comes is thrown away until the client has closed
 * </pre>
 *
 * <p>Phases change on the I/O thread, except WATCH to HEAD, which any thread may do; so phase and
 * kept bytes are guarded by this. The rest belongs to the I/O thread.
 */
final class Wire implements BodySource {
  private enum Phase {
    HEAD,
    BODY,
    WATCH,
    DRAIN
  }

  private final StreamConnection connection;
  private final StreamSourceConduit source;
  private final StreamSinkConduit sink;
  private final Line line;
  private final ReadReadyHandler undertow;
  private final Connection addresses;
  private final Drain drain;

  private final HeadRecorder recorder = new HeadRecorder();
  private Runnable onReadable = () -> {};
  private Runnable onRefusal = () -> {};

  /** Whether a handler of ours has the exchange; if not, what Undertow writes is a refusal. */
  private volatile boolean owned;

  private volatile long idleSinceNanos = System.nanoTime();
  private volatile long headSinceNanos;

  private Phase phase = Phase.HEAD;
  private final ReadAhead in;

  /**
   * @param ahead bytes that have been read already
   */
  Wire(StreamConnection connection, Line line, Connection addresses, ByteBuffer ahead) {
    this.connection = connection;
    this.source = connection.getSourceChannel().getConduit();
    this.sink = connection.getSinkChannel().getConduit();
    this.line = line;
    this.undertow = new ReadReadyHandler.ChannelListenerHandler<>(connection.getSourceChannel());
    this.addresses = addresses;
    this.drain = new Drain(line, connection.getIoThread(), this::close);
    this.in = new ReadAhead(line, ahead);
  }

  /** Steps between the socket and Undertow. */
  void install(Runnable onClosed, Runnable onUnparsed) {
    onRefusal = onUnparsed;
    source.setReadReadyHandler(new WireReadiness(this, undertow, onClosed));
    connection.getSourceChannel().setConduit(new WireSource(source, this));
    connection.getSinkChannel().setConduit(new WireSink(sink, this, onUnparsed));
  }

  Connection addresses() {
    return addresses;
  }

  @Override
  public XnioIoThread ioThread() {
    return connection.getIoThread();
  }

  boolean owned() {
    return owned;
  }

  HeadRecorder recorder() {
    return recorder;
  }

  void take() {
    owned = true;
  }

  /** The body comes next; onReadable is called on the I/O thread whenever bytes are there. */
  @Override
  public void enterBody(Runnable listener) {
    onReadable = listener;
    setPhase(Phase.BODY);
    resumeReads();
  }

  /**
   * The request is complete.
   *
   * @param ahead bytes of the next request that Undertow holds already
   * @param onGone called on the I/O thread when the client ends the connection
   */
  void enterWatch(ByteBuffer ahead, Runnable onGone) {
    recorder.restart(ahead);
    onReadable = onGone;
    setPhase(Phase.WATCH);
    resumeReads();
  }

  /** The exchange is complete. Undertow may read the next head, and says when it is ready to. */
  void release() {
    idleSinceNanos = System.nanoTime();
    owned = false;
  }

  private synchronized void setPhase(Phase next) {
    phase = next;
  }

  private synchronized Phase phase() {
    return phase;
  }

  boolean refusing() {
    return phase() == Phase.DRAIN;
  }

  void readable() {
    switch (phase()) {
      case HEAD -> {
        undertow.readReady();
        refuseHopeless();
      }
      case BODY -> onReadable.run();
      case WATCH -> watch();
      case DRAIN -> drain.readable();
    }
  }

  /** Undertow has read what there is. If that can never become a request, it ends here. */
  void refuseHopeless() {
    if (!owned && !refusing() && RawHead.isHopeless(recorder.bytes(), recorder.length())) {
      onRefusal.run();
    }
  }

  /** Undertow reads: what was kept, then the socket. */
  synchronized int readHead(ByteBuffer into) throws IOException {
    enterHead();
    int start = into.position();
    int count = read(into);
    if (count > 0 && phase == Phase.HEAD) {
      headSinceNanos = recorder.length() == 0 ? System.nanoTime() : headSinceNanos;
      recorder.add(into, start);
    }
    return count;
  }

  /** Undertow is ready to be told when there are bytes; earlier, it would miss it. */
  synchronized void resumeHead() {
    enterHead();
    resumeReads();
  }

  private void enterHead() {
    if (phase == Phase.WATCH && !owned) {
      phase = Phase.HEAD;
    }
  }

  /** Reads what was kept, and on from the socket; -1 at its end. */
  @Override
  public synchronized int read(ByteBuffer into) throws IOException {
    return in.read(into);
  }

  @Override
  public synchronized void resumeReads() {
    if (in.holdsBytes()) {
      source.wakeupReads();
    } else {
      source.resumeReads();
    }
  }

  /** Stops the reading of a body until {@link #resumeReads}. */
  @Override
  public void pauseReads() {
    source.suspendReads();
  }

  private void watch() {
    boolean gone;
    synchronized (this) {
      if (phase != Phase.WATCH) {
        return;
      }
      gone = !in.fill();
      if (in.keepsBytes()) {
        source.suspendReads();
      }
    }
    if (gone) {
      onReadable.run();
    }
  }

  long write(ByteBuffer... buffers) throws IOException {
    return line.write(buffers);
  }

  /** Returns whether nothing waits below. */
  boolean flush() throws IOException {
    return line.flush();
  }

  /** No more bytes will follow. */
  void endWrites() throws IOException {
    line.end();
  }

  /** Calls back once on the I/O thread when the socket takes bytes again. */
  void onceWritable(Runnable listener) {
    connection
        .getSinkChannel()
        .setWriteListener(
            channel -> {
              sink.suspendWrites();
              listener.run();
            });
    sink.resumeWrites();
  }

  /** Sends a last answer and closes, as soon as the client has taken it. */
  void refuse(byte[] answer) {
    setPhase(Phase.DRAIN);
    drain.begin(answer);
    resumeReads();
  }

  /** Closes an idle connection: one so long between two requests, without a byte of the next. */
  void closeIfIdle(long idleNanos) {
    boolean longEnough = System.nanoTime() - idleSinceNanos >= idleNanos;
    if (longEnough && !owned && recorder.length() == 0 && phase() == Phase.HEAD) {
      close();
    }
  }

  /** Whether a head has begun so long ago and has not ended: Undertow closes then. */
  boolean headIsLate(Duration atMost) {
    return !owned
        && phase() == Phase.HEAD
        && recorder.length() > 0
        && System.nanoTime() - headSinceNanos >= atMost.toNanos();
  }

  void close() {
    IoUtils.safeClose(connection);
  }

  /** Closes so that the client sees an error, not an end. */
  void reset() {
    try {
      connection.setOption(Options.CLOSE_ABORT, true);
    } catch (IOException e) {
      // It is closed already.
    }
    close();
  }

  /** Returns the wire that was installed below this connection of Undertow's. */
  static Wire of(StreamSourceConduit conduit) {
    return ((WireSource) conduit).wire();
  }
}
