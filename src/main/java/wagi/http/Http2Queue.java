package wagi.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** Frames on their way to the socket, in order. Guarded by the lock of the output. */
final class Http2Queue {
  private static final int BUFFERS_AT_ONCE = 16;

  private final Deque<ByteBuffer> frames = new ArrayDeque<>();
  private long queued;
  private long written;

  void add(ByteBuffer frame) {
    frames.add(frame);
    queued += frame.remaining();
  }

  boolean isEmpty() {
    return frames.isEmpty();
  }

  /** Returns how many bytes were ever added. */
  long queued() {
    return queued;
  }

  /** Returns how many of them are written. */
  long written() {
    return written;
  }

  long waiting() {
    return queued - written;
  }

  /** Hands over a part; returns whether the line took any. */
  boolean write(Line line) throws IOException {
    List<ByteBuffer> some = new ArrayList<>(BUFFERS_AT_ONCE);
    Iterator<ByteBuffer> all = frames.iterator();
    while (all.hasNext() && some.size() < BUFFERS_AT_ONCE) {
      some.add(all.next());
    }
    long before = remaining(some);
    long moved = line.write(some.toArray(ByteBuffer[]::new));
    written += before - remaining(some);
    while (!frames.isEmpty() && !frames.getFirst().hasRemaining()) {
      frames.removeFirst();
    }
    return moved > 0;
  }

  private static long remaining(List<ByteBuffer> buffers) {
    return buffers.stream().mapToLong(ByteBuffer::remaining).sum();
  }
}
