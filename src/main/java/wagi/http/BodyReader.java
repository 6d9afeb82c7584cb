package wagi.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;
import wagi.message.Body;
import wagi.message.Limit;

/**
 * Reads one body whole, in its framing and its time. What memory does not hold a worker writes to a
 * file while reading pauses; all else belongs to the I/O thread.
 */
final class BodyReader {
  private static final int RAW_BYTES = 16 * 1024;

  /** What becomes of the body; called once, on the I/O thread. */
  interface Outcome {
    void whole(Body body);

    void refused(RefusedException refusal);

    /** The client went away half-way. */
    void aborted();
  }

  private final BodySource source;
  private final BodyStore store;
  private final Outcome outcome;

  private final @Nullable ChunkedDecoder chunks;
  private final ByteBuffer raw;
  private final boolean untilEnd;
  private boolean over;
  private long rest;

  private final String tooSlow;

  /** Whether a worker has the store. */
  private boolean spooling;

  private boolean ended;

  private long lastByteNanos = System.nanoTime();
  private XnioExecutor.@Nullable Key timer;

  /**
   * Where a body may go.
   *
   * @param tooSlow what the log is told when no byte comes
   */
  record Room(long limit, BodyMemory.Share memory, Spool spool, Executor workers, String tooSlow) {}

  /** Returns what reading takes of the heap before its first byte. */
  static int firstBytes(Head head) {
    return BodyStore.FIRST_BYTES + rawBytes(head);
  }

  private static int rawBytes(Head head) {
    boolean counted = !head.chunked() && !head.http2();
    return (int) (counted ? Math.min(head.contentLength(), RAW_BYTES) : RAW_BYTES);
  }

  /**
   * @param ahead bytes that Undertow has read already; those of this body are taken
   */
  BodyReader(BodySource source, Head head, ByteBuffer ahead, Room room, Outcome outcome) {
    this.source = source;
    this.store = new BodyStore(room);
    this.tooSlow = room.tooSlow();
    this.outcome = outcome;
    this.untilEnd = head.http2();
    this.chunks = head.chunked() ? new ChunkedDecoder() : null;
    this.rest = head.contentLength();
    this.raw = ByteBuffer.allocate(rawBytes(head));
    takeAhead(ahead);
  }

  private void takeAhead(ByteBuffer ahead) {
    boolean counted = chunks == null && !untilEnd;
    int count = counted ? (int) Math.min(rest, ahead.remaining()) : ahead.remaining();
    count = Math.min(count, raw.capacity());
    raw.put(ahead.slice(ahead.position(), count));
    ahead.position(ahead.position() + count);
    raw.flip();
    rest -= chunks == null ? count : 0;
  }

  boolean started() {
    return raw.hasRemaining();
  }

  void start(Duration timeout) {
    source.enterBody(this::readable);
    watchTime(timeout, timeout.toNanos());
    readable();
  }

  /** The exchange is over before the body. */
  void cancel() {
    finish();
    closeStore();
  }

  private void watchTime(Duration timeout, long nanos) {
    timer =
        source
            .ioThread()
            .executeAfter(() -> checkTime(timeout), nanos / 1_000_000 + 1, TimeUnit.MILLISECONDS);
  }

  private void checkTime(Duration timeout) {
    if (ended) {
      return;
    }
    long left = timeout.toNanos() - (System.nanoTime() - lastByteNanos);
    if (left > 0 || spooling) {
      watchTime(timeout, Math.max(left, 1_000_000));
      return;
    }
    refuse(
        new RefusedException(408, "the request body did not arrive in time")
            .reaching(Limit.BODY_TIMEOUT, tooSlow));
  }

  private void readable() {
    try {
      while (!ended && !spooling) {
        if (!raw.hasRemaining() && !done() && !fill()) {
          return;
        }
        consume();
        if (store.isFull() && (raw.hasRemaining() || !done())) {
          spoolPart();
        } else if (!raw.hasRemaining() && done()) {
          complete();
        }
      }
    } catch (RefusedException e) {
      refuse(e);
    } catch (IOException e) {
      finish();
      closeStore();
      outcome.aborted();
    }
  }

  private boolean done() {
    if (untilEnd) {
      return over;
    }
    return chunks == null ? rest == 0 : chunks.done();
  }

  /** Reads from the wire; false when nothing is there yet. */
  private boolean fill() throws IOException {
    raw.clear();
    if (chunks == null && !untilEnd) {
      raw.limit((int) Math.min(rest, raw.capacity()));
    }
    int count = source.read(raw);
    raw.flip();
    if (count < 0 && untilEnd) {
      over = true;
      return true;
    }
    if (count < 0) {
      throw new IOException("the client went away before the end of the body");
    }
    if (count == 0) {
      return false;
    }
    lastByteNanos = System.nanoTime();
    rest -= chunks == null ? count : 0;
    return true;
  }

  /** Moves data from the raw bytes to the store, until one is used up or the other is full. */
  private void consume() throws RefusedException {
    store.makeRoom(raw.remaining());
    if (chunks == null) {
      store.take(raw, raw.remaining());
      return;
    }
    while (store.free() > 0 && raw.hasRemaining() && !chunks.done()) {
      store.take(raw, chunks.next(raw, store.free()));
    }
    if (chunks.done()) {
      // The connection closes after a chunked request, so what follows it is nobody's.
      raw.position(raw.limit());
    }
  }

  private void spoolPart() {
    spooling = true;
    source.pauseReads();
    store.spoolPart(failure -> source.ioThread().execute(() -> spooledPart(failure)));
  }

  private void spooledPart(@Nullable RefusedException failure) {
    spooling = false;
    if (ended) {
      closeStore();
      return;
    }
    if (failure != null) {
      refuse(failure);
      return;
    }
    lastByteNanos = System.nanoTime();
    source.resumeReads();
    readable();
  }

  private void complete() {
    if (store.awaitsFile()) {
      spoolPart();
      return;
    }
    Body body = store.whole();
    finish();
    outcome.whole(body);
  }

  private void refuse(RefusedException refusal) {
    finish();
    closeStore();
    outcome.refused(refusal);
  }

  private void finish() {
    ended = true;
    if (timer != null) {
      timer.remove();
    }
  }

  private void closeStore() {
    if (!spooling) {
      store.close();
    }
  }
}
