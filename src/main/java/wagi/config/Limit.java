package wagi.config;

import static wagi.config.Quantity.COUNT;
import static wagi.config.Quantity.DURATION;
import static wagi.config.Quantity.SIZE;

import java.util.Locale;
import java.util.stream.Stream;

/** What bounds a module: its key, its standard value and what it may be set to. */
public enum Limit {
  TIMEOUT(30_000, new Range(DURATION, 1, 24 * 3_600_000L, true)),
  QUEUE(256, Range.of(COUNT, 0, 100_000)),
  QUEUE_TIMEOUT(5_000, Range.of(DURATION, 1, 3_600_000)),
  MEMORY(256L << 20, Range.of(SIZE, 64L << 10, 4L << 30)),
  BODY(10L << 20, Range.of(SIZE, 0, 1L << 40)),
  OUTPUT(64L << 20, new Range(SIZE, 1, 1L << 40, true)),
  OUTPUT_HEADER(64L << 10, Range.of(SIZE, 64, 1L << 20)),
  STDERR(1L << 20, Range.of(SIZE, 0, 1L << 30)),
  OPEN_FILES(64, Range.of(COUNT, 0, 65_536)),
  ENVIRONMENT(128L << 10, Range.of(SIZE, 1L << 10, 16L << 20)),
  CONCURRENCY(64, Range.of(COUNT, 1, 100_000));

  final long standard;

  /** A record of numbers. */
  @SuppressWarnings("ImmutableEnumChecker")
  final Range range;

  Limit(long standard, Range range) {
    this.standard = standard;
    this.range = range;
  }

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Stream<String> keys() {
    return Stream.of(values()).map(Limit::key);
  }
}
