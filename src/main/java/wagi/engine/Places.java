package wagi.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many guests live, and how many of them in the background; and the modules that may have no
 * more until one has ended. Everything belongs to the scheduler's lock.
 */
final class Places {
  /** Beyond these, a module that has some of them starts no more. */
  static final int BACKGROUND_MAX = 32;

  private final int count;
  private final Set<Lane> held = new LinkedHashSet<>();
  private int alive;
  private int background;

  Places(int count) {
    this.count = count;
  }

  int free() {
    return count - alive;
  }

  /** Returns what keeps one more guest of the module from starting, or null. */
  @Nullable Bound bound(Lane lane) {
    return lane.bound(free(), background);
  }

  /** The module waits until a guest has ended. */
  void hold(Lane lane) {
    held.add(lane);
  }

  /** Returns the modules that wait, and forgets them. */
  List<Lane> release() {
    if (held.isEmpty()) {
      return List.of();
    }
    List<Lane> lanes = new ArrayList<>(held);
    held.clear();
    return lanes;
  }

  void started(Lane lane) {
    alive++;
    lane.alive++;
  }

  void toBackground(Run run) {
    run.background = true;
    background++;
    run.lane().background++;
  }

  void ended(Run run) {
    alive--;
    run.lane().alive--;
    if (run.background) {
      background--;
      run.lane().background--;
    }
  }
}
