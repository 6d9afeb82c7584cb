package wagi.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;
import wagi.message.Connection;
import wagi.message.Handler;
import wagi.message.Incident;
import wagi.message.Limit;

/**
 * One connection of HTTP/2 (RFC 9113) from its preface to its end. Frames are read on the I/O
 * thread; a client that breaks the protocol or asks too much is told so and loses the connection.
 */
final class Http2Connection {
  private static final Logger LOG = LoggerFactory.getLogger(Http2Connection.class);
  private static final int READS_AT_ONCE = 32;
  private static final byte[] NOTHING = {};

  private final Front front;
  private final StreamConnection connection;
  private final Line line;
  private final Connection addresses;
  private final Http2Output output;
  private final Http2Receiver receiver;

  private final ByteBuffer in =
      ByteBuffer.allocate(2 * (Http2Frame.HEAD_BYTES + Http2Frame.PAYLOAD_BYTES_MAX));
  private boolean prefaced;
  private volatile boolean leaving;
  private volatile boolean lost;
  private @Nullable Drain drain;

  private final Http2Times times;
  private XnioExecutor.@Nullable Key timer;

  Http2Connection(
      Front front, Handler handler, StreamConnection connection, Line line, Connection addresses) {
    this.front = front;
    this.connection = connection;
    this.line = line;
    this.addresses = addresses;
    this.output =
        new Http2Output(line, connection.getSinkChannel().getConduit(), connection.getIoThread());
    this.receiver = new Http2Receiver(this, handler);
    this.times = new Http2Times(front.settings());
  }

  Front front() {
    return front;
  }

  Connection addresses() {
    return addresses;
  }

  Http2Output output() {
    return output;
  }

  XnioIoThread ioThread() {
    return connection.getIoThread();
  }

  /** Whether no new streams are taken. */
  boolean leaving() {
    return leaving;
  }

  /**
   * Begins.
   *
   * @param ahead the preface, as far as it has been read
   */
  void start(ByteBuffer ahead) {
    in.put(ahead);
    connection.setCloseListener(closed -> later(this::lose));
    connection.getSinkChannel().setWriteListener(channel -> writable());
    connection.getSourceChannel().setReadListener(channel -> readable());
    receiver.greet();
    pump();
    watch();
    connection.getSourceChannel().resumeReads();
    readable();
  }

  private void writable() {
    pump();
    output.tellWaiting();
  }

  /** Hands the socket what waits. A failure is told on the I/O thread, not here. */
  void pump() {
    try {
      output.pump();
    } catch (IOException e) {
      later(this::close);
    }
  }

  /** Tells the client to go; what it sends before it has read that is still taken. Any thread. */
  void leaveSoon(Duration grace) {
    later(
        () -> {
          output.frame(receiver.goAway(Http2Receiver.LAST_OF_ALL, Http2Error.NO_ERROR));
          pump();
          try {
            var unused =
                ioThread().executeAfter(this::leave, grace.toMillis(), TimeUnit.MILLISECONDS);
          } catch (RejectedExecutionException e) {
            close();
          }
        });
  }

  /** As {@link #close}, from any thread. */
  void closeLater() {
    later(this::close);
  }

  private void later(Runnable action) {
    try {
      ioThread().execute(action);
    } catch (RejectedExecutionException e) {
      // The server is closing, and with it every connection.
      action.run();
    }
  }

  private void readable() {
    Drain ending = drain;
    if (ending != null) {
      ending.readable();
      return;
    }
    try {
      for (int i = 0; i < READS_AT_ONCE && drain == null && !lost; i++) {
        int count = line.read(in);
        if (count < 0) {
          close();
          return;
        }
        take();
        if (count == 0) {
          return;
        }
      }
      connection.getSourceChannel().wakeupReads();
    } catch (IOException e) {
      close();
    } catch (Http2Exception e) {
      end(e);
    }
  }

  private void take() throws Http2Exception {
    in.flip();
    try {
      if (!prefaced) {
        takePreface();
      }
      while (prefaced && drain == null) {
        Http2Frame frame = Http2Frame.next(in);
        if (frame == null) {
          break;
        }
        receiver.receive(frame);
        times.frame();
      }
    } finally {
      in.compact();
    }
    output.checkOwed();
    pump();
  }

  private void takePreface() throws Http2Exception {
    if (!Http2Preface.beginsLike(in)) {
      throw new Http2Exception(Http2Error.PROTOCOL_ERROR, "no preface");
    }
    prefaced = in.remaining() >= Http2Preface.BYTES.length;
    in.position(prefaced ? in.position() + Http2Preface.BYTES.length : in.position());
  }

  /** A stream has come or gone. */
  void counted() {
    times.counted();
    if (leaving && receiver.isIdle()) {
      later(this::endIdle);
    }
  }

  void release(int bytes) {
    receiver.release(bytes);
  }

  void blame(String what) throws Http2Exception {
    receiver.blame(what);
  }

  void remove(Http2Stream stream) {
    receiver.remove(stream);
    counted();
  }

  /** Takes no new streams, finishes those there are, and closes. */
  private void leave() {
    if (leaving || lost) {
      return;
    }
    leaving = true;
    output.frame(receiver.goAway(Http2Error.NO_ERROR));
    pump();
    if (receiver.isIdle()) {
      endIdle();
    }
  }

  private void endIdle() {
    if (drain == null && !lost) {
      drain();
    }
  }

  private void end(Http2Exception cause) {
    LOG.debug("{}: {}: {}", addresses.remote(), cause.error(), cause.getMessage());
    leaving = true;
    output.frame(receiver.goAway(cause.error()));
    pump();
    receiver.resetAll();
    if (!lost) {
      drain();
    }
  }

  private void drain() {
    Drain ending = new Drain(line, ioThread(), this::close);
    drain = ending;
    ending.begin(NOTHING);
    connection.getSourceChannel().wakeupReads();
  }

  private void close() {
    IoUtils.safeClose(connection);
    lose();
  }

  private void lose() {
    if (lost) {
      return;
    }
    lost = true;
    leaving = true;
    front.http2().remove(this);
    front.connections().remove(connection);
    XnioExecutor.Key watching = timer;
    if (watching != null) {
      watching.remove();
    }
    receiver.resetAll();
  }

  private void watch() {
    try {
      timer = ioThread().executeAfter(this::checkTime, times.tickMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The server is closing, and with it this connection.
    }
  }

  private void checkTime() {
    if (drain != null || lost) {
      return;
    }
    Limit reached = times.reached(receiver, output, in.position() > 0);
    if (reached != null) {
      tellTooSlow(reached);
      close();
    } else if (!leaving && times.idleTooLong(receiver)) {
      leave();
    }
    watch();
  }

  private void tellTooSlow(Limit reached) {
    if (reached == Limit.WRITE_TIMEOUT) {
      front.answerTooSlow(null);
    } else if (reached == Limit.BODY_TIMEOUT) {
      front.incidents().happened(Incident.ofConnection(Limit.BODY_TIMEOUT, front.bodyTooSlow()));
    } else {
      front.headTooSlow();
    }
  }
}
