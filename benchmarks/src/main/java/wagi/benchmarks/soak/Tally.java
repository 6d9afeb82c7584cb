package wagi.benchmarks.soak;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** What came of the requests of one part of the run. */
final class Tally {
  /** Of one kind of request. */
  record Kind(LongAdder requests, LongAdder wrong, LongAccumulator longestMicros) {
    private Kind() {
      this(new LongAdder(), new LongAdder(), new LongAccumulator(Math::max, 0));
    }
  }

  private static final int MICROS_A_SLOT = 100;
  private static final int SLOTS = 100_000;
  private static final int EXAMPLES = 20;

  private final Map<String, Kind> kinds = new ConcurrentHashMap<>();
  private final AtomicLongArray polite = new AtomicLongArray(SLOTS);
  private final Queue<String> examples = new ConcurrentLinkedQueue<>();
  private final AtomicLong examplesLeft = new AtomicLong(EXAMPLES);

  void count(String name, boolean isPolite, long micros, String wrong) {
    Kind kind = kinds.computeIfAbsent(name, key -> new Kind());
    kind.requests.increment();
    kind.longestMicros.accumulate(micros);
    if (isPolite) {
      polite.incrementAndGet((int) Math.min(SLOTS - 1, micros / MICROS_A_SLOT));
    }
    if (!wrong.isEmpty()) {
      kind.wrong.increment();
      if (examplesLeft.getAndDecrement() > 0) {
        examples.add(name + ": " + wrong);
      }
    }
  }

  Kind kind(String name) {
    return kinds.getOrDefault(name, new Kind());
  }

  long requests() {
    return kinds.values().stream().mapToLong(kind -> kind.requests.sum()).sum();
  }

  long wrong() {
    return kinds.values().stream().mapToLong(kind -> kind.wrong.sum()).sum();
  }

  Queue<String> examples() {
    return examples;
  }

  /** Returns how long this share of the polite requests took at most. */
  double politeMillis(double share) {
    long all = 0;
    for (int i = 0; i < SLOTS; i++) {
      all += polite.get(i);
    }
    long seen = 0;
    for (int i = 0; i < SLOTS; i++) {
      seen += polite.get(i);
      if (seen > 0 && seen >= all * share) {
        return (i + 1) * MICROS_A_SLOT / 1000.0;
      }
    }
    return 0;
  }
}
