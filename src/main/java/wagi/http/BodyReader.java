package wagi.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.XnioExecutor;
import wagi.message.Body;
import wagi.message.Headers;
import wagi.message.Limit;

/**
 * Reads one body whole: up to 64 KiB into memory while there is room, more into a file, whose bytes
 * a worker writes while reading pauses. Belongs to the I/O thread, except what {@link #spoolPart}
 * says.
 */
final class BodyReader {
  private static final Logger LOG = LoggerFactory.getLogger(BodyReader.class);
  private static final int MEMORY_BYTES_MAX = 64 * 1024;
  private static final int FIRST_BYTES = 4 * 1024;
  private static final int RAW_BYTES = 16 * 1024;

  /** What becomes of the body; called once, on the I/O thread. */
  interface Outcome {
    void whole(Body body);

    void refused(RefusedException refusal);

    /** The client went away half-way. */
    void aborted();
  }

  private final BodySource source;
  private final long limit;
  private final Room room;
  private final Outcome outcome;

  private final @Nullable ChunkedDecoder chunks;
  private final ByteBuffer raw;
  private final boolean untilEnd;
  private boolean over;
  private long rest;
  private long total;

  private byte[] part = new byte[FIRST_BYTES];
  private int partLength;
  private int partMax = MEMORY_BYTES_MAX;
  private @Nullable SpooledBody spooled;
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
    return FIRST_BYTES + rawBytes(head);
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
    this.limit = room.limit();
    this.room = room;
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
    closeSpooled();
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
            .reaching(Limit.BODY_TIMEOUT, room.tooSlow()));
  }

  private void readable() {
    try {
      while (!ended && !spooling) {
        if (!raw.hasRemaining() && !done() && !fill()) {
          return;
        }
        consume();
        if (partLength == partMax && (raw.hasRemaining() || !done())) {
          spoolPart();
        } else if (!raw.hasRemaining() && done()) {
          complete();
        }
      }
    } catch (RefusedException e) {
      refuse(e);
    } catch (IOException e) {
      finish();
      closeSpooled();
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

  /** Moves data from the raw bytes to the part, until one is used up or the other is full. */
  private void consume() throws RefusedException {
    makeRoom(raw.remaining());
    if (chunks == null) {
      take(raw.remaining());
      return;
    }
    while (partLength < part.length && raw.hasRemaining() && !chunks.done()) {
      take(chunks.next(raw, part.length - partLength));
    }
    if (chunks.done()) {
      // The connection closes after a chunked request, so what follows it is nobody's.
      raw.position(raw.limit());
    }
  }

  /** Makes the part large enough for more bytes, or as large as it may be. */
  private void makeRoom(int more) {
    if (partLength + more <= part.length || part.length == partMax) {
      return;
    }
    int larger = Math.min(partMax, Math.max(4 * part.length, partLength + more));
    if (room.memory().grow(larger - part.length)) {
      part = Arrays.copyOf(part, larger);
    } else {
      partMax = part.length;
    }
  }

  private void take(int most) throws RefusedException {
    int count = Math.min(most, part.length - partLength);
    total += count;
    if (total > limit) {
      throw tooLarge(limit);
    }
    raw.get(part, partLength, count);
    partLength += count;
  }

  /** A worker writes the part; the I/O thread touches neither part nor file until it is back. */
  private void spoolPart() {
    spooling = true;
    source.pauseReads();
    room.workers()
        .execute(
            () -> {
              RefusedException failure = writePart();
              source.ioThread().execute(() -> spooledPart(failure));
            });
  }

  private @Nullable RefusedException writePart() {
    try {
      SpooledBody body = spooled;
      if (body == null) {
        body = new SpooledBody(room.spool());
        spooled = body;
      }
      body.append(part, partLength);
      return null;
    } catch (IOException e) {
      String sentence = "cannot keep a request body on disk: " + e.getMessage();
      return noRoom().reaching(Limit.BODY_DISK, sentence);
    }
  }

  static RefusedException tooLarge(long limit) {
    return new RefusedException(413, "the request body is larger than " + limit + " bytes");
  }

  static RefusedException noMemory() {
    return noRoom().reaching(Limit.BODY_MEMORY, BodyMemory.FULL);
  }

  /** Returns the refusal of a body that finds neither memory nor disk. */
  private static RefusedException noRoom() {
    Headers later = Headers.of("Retry-After", "5");
    return new RefusedException(503, "the server has no room for this body now", later);
  }

  private void spooledPart(@Nullable RefusedException failure) {
    spooling = false;
    if (ended) {
      closeSpooled();
      return;
    }
    if (failure != null) {
      refuse(failure);
      return;
    }
    partLength = 0;
    lastByteNanos = System.nanoTime();
    source.resumeReads();
    readable();
  }

  private void complete() {
    if (spooled != null && partLength > 0) {
      spoolPart();
      return;
    }
    Body body = spooled != null ? spooled : Body.of(Arrays.copyOf(part, partLength));
    room.memory().shrinkTo(partLength);
    finish();
    outcome.whole(body);
  }

  private void refuse(RefusedException refusal) {
    finish();
    closeSpooled();
    outcome.refused(refusal);
  }

  private void finish() {
    ended = true;
    if (timer != null) {
      timer.remove();
    }
  }

  private void closeSpooled() {
    if (spooled == null || spooling) {
      return;
    }
    try {
      spooled.close();
    } catch (IOException e) {
      LOG.warn("cannot close a request body on disk: {}", e.toString());
    }
  }
}
