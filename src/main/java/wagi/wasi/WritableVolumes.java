package wagi.wasi;

import org.jspecify.annotations.Nullable;

/** Whether guests can be let write on this system. */
public final class WritableVolumes {
  private WritableVolumes() {}

  /** Returns what is missing; null if nothing is. */
  public static @Nullable String problem() {
    return Beneath.here().writeProblem();
  }
}
