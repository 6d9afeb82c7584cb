package wagi.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wagi.message.Body;
import wagi.message.Headers;
import wagi.message.Limit;

/**
 * Where one body gathers: up to 64 KiB in memory while there is room, more in a file, which takes
 * the memory's part whenever that is full. For one thread at a time.
 */
final class BodyStore {
  private static final Logger LOG = LoggerFactory.getLogger(BodyStore.class);
  private static final int MEMORY_BYTES_MAX = 64 * 1024;

  /** What is there from the beginning. */
  static final int FIRST_BYTES = 4 * 1024;

  private final BodyReader.Room room;

  private long total;
  private byte[] part = new byte[FIRST_BYTES];
  private int partLength;
  private int partMax = MEMORY_BYTES_MAX;
  private @Nullable SpooledBody spooled;

  BodyStore(BodyReader.Room room) {
    this.room = room;
  }

  /** Whether nothing more can be taken before the part is in the file. */
  boolean isFull() {
    return partLength == partMax;
  }

  /** Whether the body goes to the file and not all of it is there. */
  boolean awaitsFile() {
    return spooled != null && partLength > 0;
  }

  /** Returns how many bytes can be taken now. */
  int free() {
    return part.length - partLength;
  }

  /** Makes the part large enough for more bytes, or as large as it may be. */
  void makeRoom(int more) {
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

  /** Takes bytes of the body, as many as there is room for. */
  void take(ByteBuffer from, int most) throws RefusedException {
    int count = Math.min(most, free());
    total += count;
    if (total > room.limit()) {
      throw tooLarge(room.limit());
    }
    from.get(part, partLength, count);
    partLength += count;
  }

  /**
   * Has a worker move the part to the file. The store is the worker's until that is done.
   *
   * @param then called by the worker with what is in the way, or null
   */
  void spoolPart(Consumer<@Nullable RefusedException> then) {
    room.workers().execute(() -> then.accept(movePart()));
  }

  private @Nullable RefusedException movePart() {
    try {
      SpooledBody body = spooled;
      if (body == null) {
        body = new SpooledBody(room.spool());
        spooled = body;
      }
      body.append(part, partLength);
      partLength = 0;
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

  /** Returns the whole body, and gives memory back that it does not take. */
  Body whole() {
    Body body = spooled != null ? spooled : Body.of(Arrays.copyOf(part, partLength));
    room.memory().shrinkTo(partLength);
    return body;
  }

  /** Throws away what is there. */
  void close() {
    if (spooled == null) {
      return;
    }
    try {
      spooled.close();
    } catch (IOException e) {
      LOG.warn("cannot close a request body on disk: {}", e.toString());
    }
  }
}
