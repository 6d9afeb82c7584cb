package wagi.engine;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Gives the same requests to reused instances of generated modules, to fresh ones, and to the
 * engine as it comes.
 */
final class ReuseComparison {
  /** How many runs ended how, to see that there was something to compare. */
  enum Kind {
    RETURNED,
    EXITED,
    TRAPPED
  }

  private final DirectRuns runs;
  private final Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
  private int reusable;

  private ReuseComparison(DirectRuns runs) {
    this.runs = runs;
  }

  /**
   * Compares so many requests to each of so many modules.
   *
   * @return the first difference, or a line about what was run that begins with "same"
   */
  static String compare(long seed, int modules, int requests) throws ModuleRefusedException {
    SplittableRandom seeds = new SplittableRandom(seed);
    try (DirectRuns runs = new DirectRuns(List.of(new TellingHost()))) {
      ReuseComparison comparison = new ReuseComparison(runs);
      for (int i = 0; i < modules; i++) {
        String difference = comparison.firstDifference(seeds.split(), requests);
        if (difference != null) {
          return "seed " + seed + ", module " + i + ", " + difference;
        }
      }
      return "same: "
          + ((long) modules * requests)
          + " pairs, seed "
          + seed
          + ", modules "
          + modules
          + " of which reuse instances "
          + comparison.reusable
          + ", ends "
          + comparison.kinds;
    }
  }

  private @Nullable String firstDifference(SplittableRandom random, int requests)
      throws ModuleRefusedException {
    byte[] wasm = GeneratedGuest.write(random);
    GuestModule reused = runs.load(wasm, Instances.POOLED);
    GuestModule fresh = runs.load(wasm, Instances.FRESH);
    StockEngine stock = new StockEngine(wasm);
    reusable += reused.code.reuseObstacle() == null ? 1 : 0;
    for (int i = 0; i < requests; i++) {
      String entry = "entry" + random.nextInt(GeneratedGuest.ENTRIES);
      int choice = random.nextInt();
      DirectRuns.Answer first = runs.run(reused, entry, choice);
      DirectRuns.Answer second = runs.run(fresh, entry, choice);
      if (!first.same(second) || first.outcome() instanceof Outcome.HostFailed) {
        return "request " + i + ": reused " + text(first) + ", fresh " + text(second);
      }
      DirectRuns.Answer expected = stock.run(entry, choice);
      if (!Arrays.equals(first.said(), expected.said())
          || kind(first.outcome()) != kind(expected.outcome())) {
        return "request " + i + ": " + text(first) + ", the stock engine " + text(expected);
      }
      kinds.merge(kind(first.outcome()), 1, Integer::sum);
    }
    return null;
  }

  private static Kind kind(Outcome outcome) {
    if (outcome instanceof Outcome.Exited exited) {
      return exited.code() == 0 ? Kind.RETURNED : Kind.EXITED;
    }
    return Kind.TRAPPED;
  }

  private static String text(DirectRuns.Answer answer) {
    byte[] shown = Arrays.copyOf(answer.said(), Math.min(answer.said().length, 200));
    return HexFormat.of().formatHex(shown) + " " + answer.outcome().words();
  }
}
