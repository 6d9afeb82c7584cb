package wagi.benchmarks.load;

import java.util.Collection;

/** Median, least and most of some numbers. */
record Spread(double median, double min, double max) {
  static Spread of(Collection<Double> numbers) {
    double[] sorted = numbers.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("no numbers");
    }
    int half = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  /** Returns the three as cells of a Markdown table. */
  String cells(String format) {
    return String.format(format + " | " + format + " | " + format, median, min, max);
  }
}
