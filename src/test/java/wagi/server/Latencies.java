package wagi.server;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;

/** How long each of many requests took. */
final class Latencies {
  private long[] nanos = new long[1024];
  private int count;

  synchronized void add(long took) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = took;
  }

  synchronized int count() {
    return count;
  }

  /** Returns the time, in milliseconds, that so many of a hundred did not exceed. */
  synchronized double percentile(double of100) {
    if (count == 0) {
      throw new AssertionError("nothing was measured");
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    int at = (int) Math.ceil(of100 / 100 * count) - 1;
    return sorted[Math.max(0, at)] / 1e6;
  }

  double p99() {
    return percentile(99);
  }

  /**
   * Measures several times and tells of each.
   *
   * @return the median of the 99th percentiles: a disturbance of one window does not count
   */
  static double medianP99(String what, int windows, Supplier<Latencies> window) {
    double[] all = new double[windows];
    for (int i = 0; i < windows; i++) {
      Latencies latencies = window.get();
      System.out.println(what + ": " + latencies);
      all[i] = latencies.p99();
    }
    Arrays.sort(all);
    return all[windows / 2];
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d in ms p50 %.2f p90 %.2f p99 %.2f max %.2f",
        count(),
        percentile(50),
        percentile(90),
        p99(),
        percentile(100));
  }
}
