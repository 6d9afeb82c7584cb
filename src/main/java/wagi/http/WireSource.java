package wagi.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/** What Undertow takes for the socket's reading side. */
final class WireSource extends AbstractStreamSourceConduit<StreamSourceConduit> {
  private final Wire wire;

  WireSource(StreamSourceConduit socket, Wire wire) {
    super(socket);
    this.wire = wire;
  }

  Wire wire() {
    return wire;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return wire.readHead(into);
  }

  @Override
  public long read(ByteBuffer[] into, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      if (into[i].hasRemaining()) {
        return wire.readHead(into[i]);
      }
    }
    return 0;
  }

  @Override
  public long transferTo(long position, long count, FileChannel target) throws IOException {
    throw new IOException("a request is not read past the recorder");
  }

  @Override
  public long transferTo(long count, ByteBuffer through, StreamSinkChannel target)
      throws IOException {
    throw new IOException("a request is not read past the recorder");
  }

  @Override
  public void resumeReads() {
    wire.resumeHead();
  }
}
