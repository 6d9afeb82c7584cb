package wagi.engine;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is: of the modules that wait, the one whose guests have computed for the least
 * time. They stand apart by how their guests usually fare, so that some can be passed over.
 */
final class Turns {
  record Turn(long used, long number, Lane lane, Standing standing) implements Comparable<Turn> {
    @Override
    public int compareTo(Turn other) {
      return used == other.used
          ? Long.compare(number, other.number)
          : Long.compare(used, other.used);
    }
  }

  private static final Standing[] STANDINGS = Standing.values();

  private final Map<Standing, PriorityQueue<Turn>> queues = new EnumMap<>(Standing.class);

  private long number;

  Turns() {
    for (Standing standing : STANDINGS) {
      queues.put(standing, new PriorityQueue<>());
    }
  }

  void add(Lane lane) {
    Standing standing = lane.standing();
    queue(standing).add(new Turn(lane.usedNanos(standing), number++, lane, standing));
  }

  private PriorityQueue<Turn> queue(Standing standing) {
    return Objects.requireNonNull(queues.get(standing));
  }

  /** Returns the first of those that may come, which stays, or null if there is none. */
  @Nullable Turn first(Predicate<Standing> mayCome) {
    queues.values().forEach(this::bringUpToDate);
    Turn first = null;
    for (Standing standing : STANDINGS) {
      Turn turn = queue(standing).peek();
      if (turn != null && (first == null || turn.compareTo(first) < 0) && mayCome.test(standing)) {
        first = turn;
      }
    }
    return first;
  }

  boolean has(Turn turn) {
    return turn.equals(queue(turn.standing()).peek());
  }

  /** What a module has used since it stands here counts too, and may be what makes it lengthy. */
  private void bringUpToDate(PriorityQueue<Turn> turns) {
    Turn first = turns.peek();
    while (first != null && isOutdated(first)) {
      turns.poll();
      add(first.lane());
      first = turns.peek();
    }
  }

  private static boolean isOutdated(Turn turn) {
    Lane lane = turn.lane();
    return turn.used() < lane.usedNanos(turn.standing()) || turn.standing() != lane.standing();
  }

  void removeFirst(Turn turn) {
    queue(turn.standing()).poll();
  }

  boolean isEmpty() {
    return queues.values().stream().allMatch(PriorityQueue::isEmpty);
  }
}
