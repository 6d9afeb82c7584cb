package wagi.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.StreamSourceConduit;

/** A socket's own bytes. */
record PlainLine(StreamSourceConduit source, StreamSinkConduit sink) implements Line {
  @Override
  public int read(ByteBuffer into) throws IOException {
    return source.read(into);
  }

  @Override
  public boolean holdsBytes() {
    return false;
  }

  @Override
  public long write(ByteBuffer... from) throws IOException {
    return from.length == 1 ? sink.write(from[0]) : sink.write(from, 0, from.length);
  }

  @Override
  public boolean flush() throws IOException {
    return sink.flush();
  }

  @Override
  public void end() throws IOException {
    sink.terminateWrites();
    sink.flush();
  }
}
