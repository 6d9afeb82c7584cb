package wagi.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;

/**
 * Shakes hands with one client. Belongs to the I/O thread, which never waits; what takes computing
 * is done by a worker. Whoever starts it watches the time.
 */
final class TlsHandshake {
  private static final Logger LOG = LoggerFactory.getLogger(TlsHandshake.class);
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** Takes over when the handshake is done. */
  interface Done {
    void run(TlsLine line);
  }

  private final StreamConnection connection;
  private final PlainLine below;
  private final SSLEngine engine;
  private final Executor workers;
  private final Done done;

  private ByteBuffer in;
  private ByteBuffer out = NOTHING;
  private boolean working;

  TlsHandshake(StreamConnection connection, SSLEngine engine, Executor workers, Done done) {
    this.connection = connection;
    this.below =
        new PlainLine(
            connection.getSourceChannel().getConduit(), connection.getSinkChannel().getConduit());
    this.engine = engine;
    this.workers = workers;
    this.done = done;
    // Readable by engine.unwrap from the start: position 0, limit 0.
    this.in = ByteBuffer.allocate(engine.getSession().getPacketBufferSize()).limit(0);
  }

  void start() {
    connection.getSourceChannel().setReadListener(channel -> proceed());
    connection.getSinkChannel().setWriteListener(channel -> proceed());
    try {
      engine.beginHandshake();
    } catch (IOException e) {
      fail(e);
      return;
    }
    proceed();
  }

  private void proceed() {
    if (working) {
      return;
    }
    try {
      if (step()) {
        connection.getSourceChannel().suspendReads();
        connection.getSinkChannel().suspendWrites();
        connection.getSourceChannel().setReadListener(null);
        connection.getSinkChannel().setWriteListener(null);
        done.run(new TlsLine(engine, below, in));
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  /** Goes as far as it can; true at the end of the handshake. */
  private boolean step() throws IOException {
    while (true) {
      if (!push()) {
        return waitsToWrite();
      }
      switch (engine.getHandshakeStatus()) {
        case NEED_WRAP -> wrap();
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          if (!unwrap()) {
            return waitsToRead();
          }
        }
        case NEED_TASK -> {
          work();
          return false;
        }
        case NOT_HANDSHAKING, FINISHED -> {
          return true;
        }
      }
    }
  }

  private boolean waitsToWrite() {
    connection.getSourceChannel().suspendReads();
    connection.getSinkChannel().resumeWrites();
    return false;
  }

  private boolean waitsToRead() {
    connection.getSinkChannel().suspendWrites();
    connection.getSourceChannel().resumeReads();
    return false;
  }

  private boolean push() throws IOException {
    while (out.hasRemaining()) {
      if (below.write(out) == 0) {
        return false;
      }
    }
    return true;
  }

  private void wrap() throws IOException {
    ByteBuffer sealed = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    SSLEngineResult result = engine.wrap(NOTHING, sealed);
    out = sealed.flip();
    if (result.getStatus() == Status.CLOSED) {
      push();
      throw new IOException("the client closed the connection");
    }
  }

  /** Returns whether a record could be taken in. */
  private boolean unwrap() throws IOException {
    ByteBuffer opened = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    SSLEngineResult result = engine.unwrap(in, opened);
    if (opened.position() > 0) {
      throw new IOException("data before the end of the handshake");
    }
    return switch (result.getStatus()) {
      case OK -> true;
      case BUFFER_UNDERFLOW -> fill();
      case CLOSED, BUFFER_OVERFLOW -> throw new IOException("the client closed the connection");
    };
  }

  private boolean fill() throws IOException {
    in.compact();
    int count;
    try {
      count = below.read(in);
    } finally {
      in.flip();
    }
    if (count < 0) {
      throw new IOException("the client closed the connection");
    }
    return count > 0;
  }

  private void work() throws IOException {
    connection.getSourceChannel().suspendReads();
    connection.getSinkChannel().suspendWrites();
    working = true;
    try {
      workers.execute(
          () -> {
            for (Runnable task = engine.getDelegatedTask();
                task != null;
                task = engine.getDelegatedTask()) {
              task.run();
            }
            connection.getIoThread().execute(this::worked);
          });
    } catch (RejectedExecutionException e) {
      throw new IOException("the server is closing", e);
    }
  }

  private void worked() {
    working = false;
    proceed();
  }

  private void fail(IOException cause) {
    LOG.debug("TLS handshake with {}: {}", connection.getPeerAddress(), cause.toString());
    sendAlert();
    IoUtils.safeClose(connection);
  }

  /** The engine has the alert that says what was wrong, if it was the client's fault. */
  private void sendAlert() {
    try {
      engine.closeOutbound();
      wrap();
      push();
    } catch (IOException e) {
      // The client learns from the end of the connection that there is none.
    }
  }
}
