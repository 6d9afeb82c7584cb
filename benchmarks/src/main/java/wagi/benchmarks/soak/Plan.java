package wagi.benchmarks.soak;

import java.time.Duration;

/**
 * How long what takes.
 *
 * @param reloadEvery in seconds, as is the next
 * @param sampleEvery a sample collects all garbage, so there are not many
 */
record Plan(Duration warmUp, Duration capacity, Duration time, int reloadEvery, int sampleEvery) {
  private static final int LONG_MINUTES = 10;

  static Plan of(int minutes) {
    boolean isLong = minutes > LONG_MINUTES;
    return new Plan(
        Duration.ofSeconds(isLong ? 60 : 20),
        Duration.ofSeconds(isLong ? 20 : 10),
        Duration.ofMinutes(minutes),
        30,
        isLong ? 30 : 10);
  }

  static Plan smoke() {
    return new Plan(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(12), 3, 2);
  }
}
