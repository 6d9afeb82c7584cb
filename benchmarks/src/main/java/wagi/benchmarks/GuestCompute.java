package wagi.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import wagi.engine.Engine;
import wagi.engine.GuestModule;
import wagi.engine.Invocation;

/**
 * Compares guest code with the same source built natively: kernel by kernel and all together, each
 * warm, in turn, several rounds.
 *
 * <pre>
 *   GuestCompute NATIVE_PROGRAM ROUNDS WARM_UP_SECONDS
 * </pre>
 */
public final class GuestCompute {
  /** Kernels, and how often a request runs them: long against a request's own cost. */
  private static final Map<String, Integer> REPETITIONS = repetitions();

  private static final int REQUESTS = 20;

  private record Sample(double nanos, String checksum) {}

  private final String program;
  private final Engine engine;
  private final GuestModule module;

  private GuestCompute(String program, Engine engine) {
    this.program = program;
    this.engine = engine;
    module = Guests.load(engine, "compute", Guests.compute());
  }

  private static Map<String, Integer> repetitions() {
    Map<String, Integer> repetitions = new LinkedHashMap<>();
    repetitions.put("hash", 10);
    repetitions.put("sort", 3);
    repetitions.put("scan", 10);
    repetitions.put("float", 10);
    repetitions.put("all", 1);
    return repetitions;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = Integer.parseInt(arguments[1]);
    double warmUpSeconds = Double.parseDouble(arguments[2]);
    try (Engine engine = Guests.engine()) {
      new GuestCompute(arguments[0], engine).run(rounds, warmUpSeconds);
    }
  }

  private void run(int rounds, double warmUpSeconds) throws IOException, InterruptedException {
    for (String kernel : REPETITIONS.keySet()) {
      warmUp(kernel, warmUpSeconds);
    }
    System.out.println("| kernel | native us | guest us | guest / native | min | max |");
    System.out.println("|---|---|---|---|---|---|");
    for (String kernel : REPETITIONS.keySet()) {
      compare(kernel, rounds);
    }
  }

  private void warmUp(String kernel, double seconds) throws InterruptedException {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    do {
      guest(kernel, 1);
    } while (System.nanoTime() < end);
  }

  private void compare(String kernel, int rounds) throws IOException, InterruptedException {
    warmUp(kernel, 0.2);
    List<Double> natives = new ArrayList<>();
    List<Double> guests = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      Sample nativeRun = nativeProgram(kernel);
      Sample guestRun = guest(kernel, REQUESTS);
      if (!nativeRun.checksum().equals(guestRun.checksum())) {
        throw new IllegalStateException(kernel + " differs: " + nativeRun + ", " + guestRun);
      }
      natives.add(nativeRun.nanos());
      guests.add(guestRun.nanos());
      ratios.add(guestRun.nanos() / nativeRun.nanos());
    }
    System.out.printf(
        "| %s | %.0f | %.0f | %.2f | %.2f | %.2f |%n",
        kernel,
        median(natives) / 1000,
        median(guests) / 1000,
        median(ratios),
        ratios.stream().min(Double::compare).orElseThrow(),
        ratios.stream().max(Double::compare).orElseThrow());
  }

  private Sample guest(String kernel, int requests) throws InterruptedException {
    int repetitions = REPETITIONS.get(kernel);
    Invocation invocation = Guests.request("/compute", kernel, Integer.toString(repetitions));
    List<Double> nanos = new ArrayList<>();
    String checksum = "";
    for (int i = 0; i < requests; i++) {
      long start = System.nanoTime();
      checksum = WaitingSink.lastLine(engine, module, invocation);
      nanos.add((double) (System.nanoTime() - start) / repetitions);
    }
    return new Sample(median(nanos), checksum);
  }

  /** Its first run is left out: pages and caches are cold. */
  private Sample nativeProgram(String kernel) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                program,
                kernel,
                Integer.toString(REPETITIONS.get(kernel)),
                Integer.toString(REQUESTS + 1))
            .redirectErrorStream(true)
            .start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    if (process.waitFor() != 0 || lines.size() < REQUESTS + 2) {
      throw new IOException(program + " failed: " + lines);
    }
    List<Double> nanos = lines.subList(1, REQUESTS + 1).stream().map(Double::valueOf).toList();
    return new Sample(median(nanos), lines.getLast());
  }

  private static double median(List<Double> numbers) {
    double[] sorted = numbers.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
