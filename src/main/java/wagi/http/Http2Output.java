package wagi.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.xnio.XnioIoThread;
import org.xnio.conduits.StreamSinkConduit;

/**
 * What waits to be written on one HTTP/2 connection, and how much the client allows. All fields are
 * guarded by the lock, as are the send windows of the streams; listeners are called without it.
 *
 * <p>Data waits with its streams, but for a little that keeps the socket busy; the streams that
 * wait for room get it in turn.
 */
final class Http2Output {
  static final int WINDOW = 65_535;
  private static final long WINDOW_MAX = Integer.MAX_VALUE;

  private static final int DATA_AHEAD_MAX = 64 * 1024;

  /** A client that asks and does not read what it asked for. */
  private static final int OWED_MAX = 256 * 1024;

  private final Line line;
  private final StreamSinkConduit sink;
  private final XnioIoThread ioThread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Http2Queue queue = new Http2Queue();
  private final Map<Http2Outgoing, Runnable> waiting = new LinkedHashMap<>();
  private long window = WINDOW;
  private int initialWindow = WINDOW;
  private long progressNanos = System.nanoTime();
  private boolean pending;
  private boolean telling;

  Http2Output(Line line, StreamSinkConduit sink, XnioIoThread ioThread) {
    this.line = line;
    this.sink = sink;
    this.ioThread = ioThread;
  }

  long initialWindow() {
    lock.lock();
    try {
      return initialWindow;
    } finally {
      lock.unlock();
    }
  }

  /** Queues a frame that needs no window. */
  void frame(ByteBuffer frame) {
    lock.lock();
    try {
      queue.add(frame);
    } finally {
      lock.unlock();
    }
  }

  void checkOwed() throws Http2Exception {
    lock.lock();
    try {
      if (queue.waiting() > OWED_MAX) {
        throw new Http2Exception(Http2Error.ENHANCE_YOUR_CALM, "too many answers wait unread");
      }
    } finally {
      lock.unlock();
    }
  }

  /** Queues a header block. */
  void headers(int stream, byte[] block, boolean end) {
    lock.lock();
    try {
      for (int from = 0; from == 0 || from < block.length; from += Http2Frame.PAYLOAD_BYTES_MAX) {
        int count = Math.min(Http2Frame.PAYLOAD_BYTES_MAX, block.length - from);
        int flags = from + count == block.length ? Http2Frame.END_HEADERS : 0;
        flags |= from == 0 && end ? Http2Frame.END_STREAM : 0;
        int type = from == 0 ? Http2Frame.HEADERS : Http2Frame.CONTINUATION;
        queue.add(
            Http2Frame.begin(type, flags, stream, count, count).put(block, from, count).flip());
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Queues as much data as windows and room allow. It is copied: a frame that has begun must go on,
   * whatever becomes of its stream.
   *
   * @param last whether the end of the stream follows
   * @return whether anything was queued
   */
  boolean data(Http2Outgoing stream, ByteBuffer part, boolean last) {
    boolean any = false;
    lock.lock();
    try {
      boolean end = last && !part.hasRemaining();
      while (end || (part.hasRemaining() && room(stream) > 0)) {
        int count = end ? 0 : Math.min(part.remaining(), room(stream));
        end = last && count == part.remaining();
        int flags = end ? Http2Frame.END_STREAM : 0;
        ByteBuffer frame = Http2Frame.begin(Http2Frame.DATA, flags, stream.id(), count, count);
        queue.add(frame.put(part.slice(part.position(), count)).flip());
        part.position(part.position() + count);
        window -= count;
        stream.sendWindow -= count;
        stream.ended = end;
        any = true;
        if (end) {
          break;
        }
      }
      stream.mark = queue.queued();
      stream.hungry = part.hasRemaining();
    } finally {
      lock.unlock();
    }
    return any;
  }

  private int room(Http2Outgoing stream) {
    long ahead = DATA_AHEAD_MAX - queue.waiting();
    long allowed = Math.min(Math.min(window, stream.sendWindow), ahead);
    return (int) Math.min(allowed, Http2Frame.PAYLOAD_BYTES_MAX);
  }

  /** Whether there is room for more, or what was queued is written. */
  private boolean mayGoOn(Http2Outgoing stream) {
    return stream.hungry ? room(stream) > 0 : stream.mark <= queue.written();
  }

  /** Hands the socket what it takes; any thread. */
  void pump() throws IOException {
    boolean tell = false;
    lock.lock();
    try {
      while (!queue.isEmpty() && queue.write(line)) {
        progressNanos = System.nanoTime();
        tell = !waiting.isEmpty() && !telling;
      }
      boolean before = pending;
      pending = !line.flush() || !queue.isEmpty();
      if (pending) {
        progressNanos = before ? progressNanos : System.nanoTime();
        sink.resumeWrites();
      } else {
        sink.suspendWrites();
      }
      telling |= tell;
    } finally {
      lock.unlock();
    }
    if (tell) {
      tellLater();
    }
  }

  private void tellLater() {
    try {
      ioThread.execute(this::tellWaiting);
    } catch (RejectedExecutionException e) {
      // The server is closing, which every stream will learn.
    }
  }

  /** Calls those who wait and may go on, the longest waiting first. On the I/O thread. */
  void tellWaiting() {
    List<Runnable> ready = new ArrayList<>();
    lock.lock();
    try {
      telling = false;
      Iterator<Map.Entry<Http2Outgoing, Runnable>> all = waiting.entrySet().iterator();
      while (all.hasNext()) {
        Map.Entry<Http2Outgoing, Runnable> one = all.next();
        if (mayGoOn(one.getKey())) {
          ready.add(one.getValue());
          all.remove();
        }
      }
    } finally {
      lock.unlock();
    }
    ready.forEach(Runnable::run);
  }

  void onceWritable(Http2Outgoing stream, Runnable listener) {
    boolean now;
    lock.lock();
    try {
      waiting.put(stream, listener);
      // What it waits for may have come while nobody waited.
      now = !telling && mayGoOn(stream);
      telling |= now;
    } finally {
      lock.unlock();
    }
    if (now) {
      tellLater();
    }
  }

  /** The stream is broken: whoever waits for it is to learn it. */
  void wake(Http2Outgoing stream) {
    Runnable listener;
    lock.lock();
    try {
      listener = waiting.remove(stream);
    } finally {
      lock.unlock();
    }
    if (listener != null) {
      listener.run();
    }
  }

  boolean isWritten(Http2Outgoing stream) {
    lock.lock();
    try {
      return stream.mark <= queue.written();
    } finally {
      lock.unlock();
    }
  }

  /** The client allows more on the whole connection. */
  void allow(int increment) throws Http2Exception {
    lock.lock();
    try {
      window = widened(window, increment);
    } finally {
      lock.unlock();
    }
  }

  void allow(Http2Outgoing stream, int increment) throws Http2Exception {
    lock.lock();
    try {
      stream.sendWindow = widened(stream.sendWindow, increment);
    } finally {
      lock.unlock();
    }
  }

  /** The client changes what it allows every stream at first, those under way too. */
  void initialWindow(int size, Iterable<Http2Outgoing> streams) throws Http2Exception {
    lock.lock();
    try {
      for (Http2Outgoing stream : streams) {
        stream.sendWindow = widened(stream.sendWindow, size - initialWindow);
      }
      initialWindow = size;
    } finally {
      lock.unlock();
    }
  }

  private static long widened(long window, int increment) throws Http2Exception {
    if (window + increment > WINDOW_MAX) {
      throw new Http2Exception(Http2Error.FLOW_CONTROL_ERROR, "a window beyond its limit");
    }
    return window + increment;
  }

  /** Returns for how long the client has taken nothing that waits for it. */
  long stalledNanos() {
    lock.lock();
    try {
      return pending ? System.nanoTime() - progressNanos : 0;
    } finally {
      lock.unlock();
    }
  }
}
