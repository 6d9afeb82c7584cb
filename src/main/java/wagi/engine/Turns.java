package wagi.engine;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is: of the modules that wait, the one whose guests have held permits for the least
 * time. Modules whose guests usually hold one long stand apart, so that they can be passed over.
 */
final class Turns {
  /**
   * @param returning the run that wants its permit back, or null for one that starts
   */
  record Turn(long used, long number, Lane lane, boolean lengthy, @Nullable Run returning)
      implements Comparable<Turn> {
    @Override
    public int compareTo(Turn other) {
      return used == other.used
          ? Long.compare(number, other.number)
          : Long.compare(used, other.used);
    }
  }

  private final PriorityQueue<Turn> quick = new PriorityQueue<>();
  private final PriorityQueue<Turn> lengthy = new PriorityQueue<>();
  private long number;

  void add(Lane lane, @Nullable Run returning) {
    boolean isLengthy = lane.isLengthy();
    Turn turn = new Turn(lane.usedNanos, number++, lane, isLengthy, returning);
    (isLengthy ? lengthy : quick).add(turn);
  }

  /** Returns the first, which stays, or null if there is none. */
  @Nullable Turn first(boolean lengthyToo) {
    Turn first = lengthyToo ? lengthy.peek() : null;
    Turn other = quick.peek();
    return first == null || (other != null && other.compareTo(first) < 0) ? other : first;
  }

  void removeFirst(Turn turn) {
    (turn.lengthy() ? lengthy : quick).poll();
  }

  boolean isEmpty() {
    return quick.isEmpty() && lengthy.isEmpty();
  }
}
