package wagi.systemd;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Finds out whether the server serves. */
public interface Probe {
  /**
   * Returns what is stuck, or null. May block; one that never returns is an answer as well.
   *
   * @param lately how long something may take or rest and still count as moving
   */
  @Nullable String problem(Duration lately);
}
