package wagi.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * The bytes inside a TLS connection, once the handshake is over. Reading belongs to the I/O thread;
 * writing may be any thread's, so what goes out is guarded by the output's lock.
 *
 * <p>Buffers are there only while they hold something: an idle connection has none.
 */
final class TlsLine implements Line {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** A client that only renews keys makes us compute for nothing. */
  private static final int MESSAGES_MAX = 64;

  private final SSLEngine engine;
  private final StreamSourceConduit source;
  private final StreamSinkConduit sink;

  private ByteBuffer sealedIn = NOTHING;
  private ByteBuffer openedIn = NOTHING;
  private int messages;
  private boolean readEnded;

  private final Object output = new Object();
  private ByteBuffer sealedOut = NOTHING;
  private boolean ended;

  /**
   * @param ahead sealed bytes that came with the end of the handshake
   */
  TlsLine(SSLEngine engine, PlainLine below, ByteBuffer ahead) {
    this.engine = engine;
    this.source = below.source();
    this.sink = below.sink();
    this.sealedIn = ahead.hasRemaining() ? ahead : NOTHING;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int count = 0;
    while (into.hasRemaining()) {
      if (!openedIn.hasRemaining() && !open()) {
        break;
      }
      int moved = Math.min(openedIn.remaining(), into.remaining());
      into.put(openedIn.slice(openedIn.position(), moved));
      openedIn.position(openedIn.position() + moved);
      count += moved;
    }
    if (!openedIn.hasRemaining()) {
      openedIn = NOTHING;
    }
    return count == 0 && readEnded ? -1 : count;
  }

  @Override
  public boolean holdsBytes() {
    return openedIn.hasRemaining() || sealedIn.hasRemaining();
  }

  /** Opens the next record with data; false when none is whole. */
  private boolean open() throws IOException {
    while (!readEnded) {
      SSLEngineResult result = unwrap();
      if (result.getStatus() == Status.CLOSED) {
        readEnded = true;
      } else if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
        if (!fill()) {
          return false;
        }
      } else {
        afterRecord(result);
        if (openedIn.hasRemaining()) {
          return true;
        }
      }
    }
    return false;
  }

  private SSLEngineResult unwrap() throws IOException {
    ByteBuffer opened = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    SSLEngineResult result = engine.unwrap(sealedIn, opened);
    openedIn = opened.flip();
    if (result.getStatus() == Status.BUFFER_OVERFLOW) {
      throw new IOException("a TLS record is larger than it may be");
    }
    return result;
  }

  /** Reads sealed bytes; false when there are none now. */
  private boolean fill() throws IOException {
    ByteBuffer more = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    more.put(sealedIn);
    int count = source.read(more);
    sealedIn = more.flip().hasRemaining() ? more : NOTHING;
    readEnded = count < 0;
    return count > 0;
  }

  /** Answers what is not data: a renewal of keys. A new handshake is refused. */
  private void afterRecord(SSLEngineResult result) throws IOException {
    if (result.bytesProduced() == 0 && ++messages > MESSAGES_MAX) {
      throw new IOException("too many TLS messages without data");
    }
    switch (result.getHandshakeStatus()) {
      case NOT_HANDSHAKING, FINISHED -> {}
      case NEED_WRAP -> seal(NOTHING);
      case NEED_TASK, NEED_UNWRAP, NEED_UNWRAP_AGAIN ->
          throw new IOException("the client asks for another TLS handshake");
    }
  }

  @Override
  public long write(ByteBuffer... from) throws IOException {
    return seal(from);
  }

  private long seal(ByteBuffer... from) throws IOException {
    synchronized (output) {
      if (ended) {
        throw new IOException("the TLS connection is closed");
      }
      long moved = push();
      while (!sealedOut.hasRemaining() && (hasBytes(from) || needsWrap())) {
        long sealed = wrap(from);
        moved += sealed + push();
        if (sealed == 0 && !needsWrap()) {
          break;
        }
      }
      return moved;
    }
  }

  private boolean needsWrap() {
    return engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
  }

  private static boolean hasBytes(ByteBuffer... buffers) {
    for (ByteBuffer buffer : buffers) {
      if (buffer.hasRemaining()) {
        return true;
      }
    }
    return false;
  }

  private long wrap(ByteBuffer... from) throws IOException {
    ByteBuffer sealed = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    SSLEngineResult result = engine.wrap(from, sealed);
    sealedOut = sealed.flip();
    if (result.getStatus() == Status.CLOSED && hasBytes(from)) {
      throw new IOException("the TLS connection is closed");
    }
    return result.bytesConsumed();
  }

  /** Hands the socket sealed bytes. */
  private long push() throws IOException {
    long moved = 0;
    while (sealedOut.hasRemaining()) {
      int count = sink.write(sealedOut);
      if (count == 0) {
        return moved;
      }
      moved += count;
    }
    sealedOut = NOTHING;
    return moved;
  }

  @Override
  public boolean flush() throws IOException {
    synchronized (output) {
      push();
      return !sealedOut.hasRemaining() && sink.flush();
    }
  }

  @Override
  public void end() throws IOException {
    synchronized (output) {
      if (ended) {
        return;
      }
      ended = true;
      push();
      engine.closeOutbound();
      // With a full socket the client gets the end without its notice.
      if (!sealedOut.hasRemaining()) {
        wrap(NOTHING);
        push();
      }
      sink.terminateWrites();
      sink.flush();
    }
  }
}
