package wagi.engine;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Large arrays that guests' memories have left, for the next that need one. They count in the
 * budget as if they were used, and give way when it is spent.
 *
 * <p>The JVM clears a new array at one go and stops for its collector only afterwards, with
 * everybody waiting. One from here is cleared in pieces by who takes it.
 */
final class SpareArrays {
  /** Clearing less is soon done. */
  static final int SMALLEST = 8 << 20;

  /** What a memory would be given anew is less than so many times what it wants. */
  private static final long WASTE = 3;

  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /**
   * An array that is zero from {@code used} on.
   *
   * @param leftNanos when its last guest ended
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Spare(byte[] array, int used, long leftNanos) {}

  /** By length; those of one length as they were left. */
  private final TreeMap<Integer, ArrayDeque<Spare>> spares = new TreeMap<>();

  private final long mostBytes;
  private long bytes;

  SpareArrays(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Keeps it; false if there are enough. */
  boolean leave(byte[] array, int used) {
    Spare spare = new Spare(array, used, System.nanoTime());
    synchronized (this) {
      if (bytes + array.length > mostBytes) {
        return false;
      }
      bytes += array.length;
      spares.computeIfAbsent(array.length, length -> new ArrayDeque<>()).addFirst(spare);
      return true;
    }
  }

  /** Returns whether who wants so much may have an array of this length. */
  static boolean fits(long length, int wanted) {
    return length >= wanted && length <= WASTE * wanted;
  }

  /** Returns the smallest that fits, or null. */
  synchronized @Nullable Spare take(int length) {
    var entry = fitting(length);
    return entry == null ? null : remove(entry, true);
  }

  /** Returns whether there is one to take. */
  synchronized boolean has(int length) {
    return fitting(length) != null;
  }

  private Map.@Nullable Entry<Integer, ArrayDeque<Spare>> fitting(int length) {
    var entry = spares.ceilingEntry(length);
    return entry != null && fits(entry.getKey(), length) ? entry : null;
  }

  /** Gives one up, the smallest first, and returns its length; 0 if there is none. */
  synchronized int drop() {
    var smallest = spares.firstEntry();
    return smallest == null ? 0 : remove(smallest, false).array.length;
  }

  /** Gives up one that nobody has needed for long, and returns its length; 0 if there is none. */
  synchronized int dropIdle(long nowNanos) {
    for (var entry : spares.entrySet()) {
      if (nowNanos - entry.getValue().getLast().leftNanos > IDLE_NANOS) {
        return remove(entry, false).array.length;
      }
    }
    return 0;
  }

  private Spare remove(Map.Entry<Integer, ArrayDeque<Spare>> entry, boolean latest) {
    ArrayDeque<Spare> ofOneLength = entry.getValue();
    Spare spare = latest ? ofOneLength.removeFirst() : ofOneLength.removeLast();
    if (ofOneLength.isEmpty()) {
      spares.remove(entry.getKey());
    }
    bytes -= spare.array.length;
    return spare;
  }
}
