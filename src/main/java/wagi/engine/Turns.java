package wagi.engine;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is: of the modules that wait, the one whose guests have computed for the least
 * time. Modules whose guests usually compute long stand apart, so that they can be passed over.
 */
final class Turns {
  record Turn(long used, long number, Lane lane, boolean lengthy) implements Comparable<Turn> {
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

  void add(Lane lane) {
    boolean isLengthy = lane.isLengthy();
    (isLengthy ? lengthy : quick).add(new Turn(lane.usedNanos, number++, lane, isLengthy));
  }

  /** Returns the first of those that may come, which stays, or null if there is none. */
  @Nullable Turn first(boolean quickMay, boolean lengthyMay) {
    bringUpToDate(quick);
    bringUpToDate(lengthy);
    Turn first = lengthyMay ? lengthy.peek() : null;
    Turn other = quickMay ? quick.peek() : null;
    return first == null || (other != null && other.compareTo(first) < 0) ? other : first;
  }

  /** What a module has used since it stands here counts too, and may be what makes it lengthy. */
  private void bringUpToDate(PriorityQueue<Turn> turns) {
    Turn first = turns.peek();
    while (first != null && first.used() < first.lane().usedNanos) {
      turns.poll();
      add(first.lane());
      first = turns.peek();
    }
  }

  void removeFirst(Turn turn) {
    (turn.lengthy() ? lengthy : quick).poll();
  }

  boolean isEmpty() {
    return quick.isEmpty() && lengthy.isEmpty();
  }
}
