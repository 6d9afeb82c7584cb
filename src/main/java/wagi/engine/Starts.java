package wagi.engine;

import org.jspecify.annotations.Nullable;

/**
 * Which run starts next: the modules' queues, those whose turn comes, and those that must wait for
 * one of their own to end. Everything belongs to the scheduler's lock.
 */
final class Starts {
  private final Permits permits;
  private final Places places;

  Starts(Permits permits, Places places) {
    this.permits = permits;
    this.places = places;
  }

  /** A run that waits because its module has all that it may have. */
  record Held(Run run, Bound bound) {
    /** Called with the lock released. */
    void tell() {
      run.heldTo(bound);
    }
  }

  /** Takes the run into its module's queue; false if that is full. */
  boolean add(Run run) {
    Lane lane = run.lane();
    if (!lane.hasRoom(Math.min(permits.free(), places.free()))) {
      return false;
    }
    lane.waiting.addLast(run);
    list(lane);
    return true;
  }

  /** Returns the module's first run and what holds it, or null if its turn comes or none waits. */
  @Nullable Held held(Lane lane) {
    Run first = lane.waiting.peekFirst();
    if (first == null || lane.listed) {
      return null;
    }
    Bound bound = places.bound(lane);
    return bound == null ? null : new Held(first, bound);
  }

  /** Puts the lane where it belongs: among those whose turn comes, or those who must wait. */
  void list(Lane lane) {
    if (lane.listed || lane.waiting.isEmpty()) {
      return;
    }
    if (places.bound(lane) == null && !lane.grows()) {
      lane.listed = true;
      permits.wantToStart(lane);
    } else {
      places.hold(lane);
    }
  }

  /** Something has changed that those may have waited for who must wait. */
  void release() {
    places.release().forEach(this::list);
  }

  Turns.@Nullable Turn first() {
    return permits.firstStart(places.free() > 0);
  }

  /** Takes the run that is next, or returns null if none may start now. */
  @Nullable Run poll() {
    for (Turns.Turn turn = first(); turn != null; turn = first()) {
      Lane lane = permits.take(turn);
      lane.listed = false;
      Run run = lane.waiting.pollFirst();
      if (run != null) {
        permits.give(run, turn);
        places.started(lane);
        list(lane);
        return run;
      }
    }
    return null;
  }
}
