package wagi.benchmarks.soak;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Whether one figure stays flat: the lower quartile of the last fifth of the samples may be above
 * that of the first by a share of it and a fixed amount, which is what it breathes by. A quartile,
 * because guests under way and threads of a burst come and go; what leaks is in every sample.
 */
record Check(
    String name, String format, double share, double amount, ToDoubleFunction<Sample> figure) {
  /** Both quartiles, and the highest the second could have been. */
  record Result(Check check, double first, double last, double bound) {
    boolean flat() {
      return last <= bound;
    }
  }

  static final List<Check> ALL =
      List.of(
          new Check("live heap, MiB", "%.1f", 0.10, 8, Sample::heapMib),
          new Check("metaspace, MiB", "%.2f", 0.03, 0.5, Sample::metaspaceMib),
          new Check("loaded classes", "%.0f", 0.01, 40, Sample::classes),
          new Check("threads", "%.0f", 0.10, 8, Sample::threads),
          new Check("descriptors", "%.0f", 0.05, 16, Sample::descriptors),
          new Check("resident memory, MiB", "%.0f", 0.25, 64, Sample::residentMib));

  Result of(List<Sample> samples) {
    int fifth = Math.max(1, samples.size() / 5);
    double first = quartile(samples.subList(0, fifth));
    double last = quartile(samples.subList(samples.size() - fifth, samples.size()));
    return new Result(this, first, last, first * (1 + share) + amount);
  }

  private double quartile(List<Sample> samples) {
    double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
    return sorted[(sorted.length - 1) / 4];
  }

  String text(double value) {
    return String.format(format, value);
  }
}
