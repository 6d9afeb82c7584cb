package wagi.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.StreamSinkConduit;

/**
 * What Undertow takes for the socket's writing side. Undertow writes only to refuse a request it
 * could not parse; its bytes never leave: the refusal is said in our words, and the wire closes.
 */
final class WireSink extends AbstractStreamSinkConduit<StreamSinkConduit> {
  private final Wire wire;
  private final Runnable onUndertowRefusal;

  WireSink(StreamSinkConduit socket, Wire wire, Runnable onUndertowRefusal) {
    super(socket);
    this.wire = wire;
    this.onUndertowRefusal = onUndertowRefusal;
  }

  /** As if the socket took nothing, so that Undertow waits instead of closing at once. */
  private int swallow() {
    if (!wire.refusing() && !wire.owned()) {
      onUndertowRefusal.run();
    }
    return 0;
  }

  @Override
  public int write(ByteBuffer bytes) {
    return swallow();
  }

  @Override
  public long write(ByteBuffer[] bytes, int offset, int length) {
    return swallow();
  }

  @Override
  public int writeFinal(ByteBuffer bytes) {
    return swallow();
  }

  @Override
  public long writeFinal(ByteBuffer[] bytes, int offset, int length) {
    return swallow();
  }

  @Override
  public long transferFrom(FileChannel file, long position, long count) {
    return swallow();
  }

  @Override
  public long transferFrom(StreamSourceChannel source, long count, ByteBuffer through) {
    return swallow();
  }

  @Override
  public void resumeWrites() {
    // Nothing of Undertow's waits to be written.
  }

  @Override
  public void wakeupWrites() {
    // As above.
  }

  @Override
  public void terminateWrites() throws IOException {
    if (!wire.refusing()) {
      wire.endWrites();
    }
  }
}
