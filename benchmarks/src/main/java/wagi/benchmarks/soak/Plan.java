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
    return new Plan(
        Duration.ofSeconds(30),
        Duration.ofSeconds(15),
        Duration.ofMinutes(Math.max(1, minutes)),
        30,
        minutes > LONG_MINUTES ? 30 : 10);
  }

  static Plan smoke() {
    return new Plan(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(12), 3, 2);
  }
}
