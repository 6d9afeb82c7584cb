package wagi.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Memory;

/**
 * Finds room for memories that begin or grow, within the budget, and takes it back.
 *
 * <p>What is large is copied and cleared in pieces: the JVM stops for its collector only between
 * them.
 */
final class MemoryRoom {
  /** Added to longs: a memory may end less than this before the last int. */
  private static final int PIECE = 1 << 20;

  private final MemoryBudget budget;

  MemoryRoom(MemoryBudget budget) {
    this.budget = budget;
  }

  /** Returns room to begin with, which counts in the budget already, so long or longer. */
  byte[] first(int size) {
    SpareArrays.Spare spare = size < SpareArrays.SMALLEST ? null : budget.spares.take(size);
    if (spare == null) {
      return new byte[size];
    }
    budget.free(size);
    clear(spare.array(), 0, spare.used());
    return spare.array();
  }

  /**
   * Makes room for twice as much, so that growing page by page copies seldom.
   *
   * @return what it was refused for, or null
   */
  @Nullable Bound enlarge(GuestMemory memory, int wanted) {
    long most = Memory.bytes(memory.maximumPages());
    long twice = 2L * wanted;
    int capacity = (int) (twice > most / 4 * 3 ? most : twice); // not nearly all, and then all
    if (capacity < SpareArrays.SMALLEST) {
      return heapUnless(enlargeTo(memory, capacity) || enlargeTo(memory, wanted));
    }
    Permit permit = memory.guest() == null ? null : memory.guest().permit();
    boolean rationed = permit != null && permit.isRationed();
    if (!(rationed && budget.making.waiting() > 0) && enlargeToSpare(memory, wanted)) {
      return null;
    }
    if (!budget.making.tryBegin(rationed) && !beginMaking(permit, rationed, wanted)) {
      return Bound.NEW_MEMORY;
    }
    try {
      return heapUnless(
          enlargeToSpare(memory, wanted)
              || enlargeTo(memory, capacity)
              || enlargeTo(memory, wanted));
    } finally {
      budget.making.end();
    }
  }

  private static @Nullable Bound heapUnless(boolean enlarged) {
    return enlarged ? null : Bound.HEAP;
  }

  /**
   * Waits without a permit. False when it gets nothing, or when the guest is to end meanwhile,
   * which it sees itself.
   */
  private boolean beginMaking(@Nullable Permit permit, boolean rationed, int wanted) {
    if (permit != null) {
      permit.leaveToGrow(wanted);
    }
    try {
      return budget.making.begin(wanted, rationed, () -> budget.spares.has(wanted));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      if (permit != null) {
        permit.rejoin();
      }
    }
  }

  private boolean enlargeToSpare(GuestMemory memory, int wanted) {
    SpareArrays.Spare spare = budget.spares.take(wanted);
    return spare != null && move(memory, spare.array(), spare.used());
  }

  private boolean enlargeTo(GuestMemory memory, int capacity) {
    if (!budget.allocate(capacity)) {
      return false;
    }
    byte[] larger;
    long began = System.nanoTime();
    try {
      larger = new byte[capacity];
      budget.making.made(System.nanoTime() - began);
    } catch (OutOfMemoryError e) {
      // The heap has less than the budget was told.
      budget.free(capacity);
      return false;
    }
    return move(memory, larger, 0);
  }

  private boolean move(GuestMemory memory, byte[] larger, int used) {
    try {
      memory.cards = Arrays.copyOf(memory.cards, GuestMemory.cardsFor(larger.length));
    } catch (OutOfMemoryError e) {
      budget.free(larger.length);
      return false;
    }
    int kept = memory.limit;
    for (long from = 0; from < kept; from += PIECE) {
      int at = (int) from;
      System.arraycopy(memory.bytes, at, larger, at, Math.min(PIECE, kept - at));
      GuestCode.letTheJvmStop();
    }
    clear(larger, kept, used);
    takeBack(memory);
    memory.bytes = larger;
    return true;
  }

  private static void clear(byte[] array, int from, int to) {
    for (long at = from; at < to; at += PIECE) {
      Arrays.fill(array, (int) at, (int) Math.min(to, at + PIECE), (byte) 0);
      GuestCode.letTheJvmStop();
    }
  }

  /** Takes the array back, which nobody reads any more. */
  void takeBack(GuestMemory memory) {
    int length = memory.bytes.length;
    if (length < SpareArrays.SMALLEST || !budget.spares.leave(memory.bytes, memory.limit)) {
      budget.free(length);
    } else {
      budget.making.look();
    }
  }
}
