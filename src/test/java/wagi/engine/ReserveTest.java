package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept for short guests, looked at every 100 ms. */
final class ReserveTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final Reserve reserve = new Reserve(3, 0);

  @ParameterizedTest
  @CsvSource({"0, 0", "10, 0", "11, 1", "110, 1", "111, 2", "300, 3", "2000, 3"})
  void processorsThatWereUsedAreKeptButForATenth(long usedMillis, int kept) {
    reserve.used(usedMillis * MILLI, 100 * MILLI);

    assertEquals(kept, reserve.kept());
  }

  @Test
  void untilTheTimeIsOverNothingChanges() {
    reserve.used(99 * MILLI, 99 * MILLI);
    assertEquals(0, reserve.kept());

    reserve.used(0, 100 * MILLI);
    assertEquals(1, reserve.kept());
  }

  @Test
  void whatIsNotUsedAnyMoreIsNotKept() {
    reserve.used(200 * MILLI, 100 * MILLI);
    assertEquals(2, reserve.kept());
    reserve.used(0, 199 * MILLI);
    assertEquals(2, reserve.kept());
    reserve.used(0, 200 * MILLI);

    assertEquals(0, reserve.kept());
  }

  @Test
  void longPauseCountsAsWhole() {
    reserve.used(200 * MILLI, 1000 * MILLI);

    assertEquals(1, reserve.kept());
  }
}
