package wagi.http;

import org.jspecify.annotations.Nullable;

/**
 * Who is to be told that the client is gone, and whether it is. Guarded by the lock of the answer
 * that owns it; what is taken is run without.
 */
final class Gone {
  private @Nullable Runnable action;
  private boolean gone;

  void add(Runnable another) {
    Runnable before = action;
    action = before == null ? another : () -> both(before, another);
  }

  private static void both(Runnable first, Runnable second) {
    first.run();
    second.run();
  }

  void is(boolean now) {
    gone = now;
  }

  /** Returns what is to be run now; once. */
  @Nullable Runnable take() {
    if (!gone) {
      return null;
    }
    Runnable taken = action;
    action = null;
    return taken;
  }
}
