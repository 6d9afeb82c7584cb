package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import run.endive.runtime.Memory;
import run.endive.wasm.types.MemoryLimits;

/** Our memory does what the engine's own does, and a reset leaves nothing behind. */
final class MemorySemanticsTest {
  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void randomOperationsGiveTheSameResultsAndTraps(TestReporter report) {
    long seed = Long.getLong("wagi.test.seed", 20_260_707);
    long operations = Long.getLong("wagi.test.memoryOperations", 400_000);
    report.publishEntry("seed " + seed + ", operations " + operations);

    assertNull(MemoryComparison.firstDifference(seed, operations));
  }

  @Test
  void everyRunTriesOtherOperationsToo(TestReporter report) {
    long seed = System.nanoTime();
    report.publishEntry("seed " + seed);

    assertNull(MemoryComparison.firstDifference(seed, 100_000));
  }

  @Test
  void noMemoryGrowsBeyondWhatAddressesReach() {
    MemoryBudget budget = new MemoryBudget(1 << 20, 0);
    GuestMemory memory = new GuestMemory(new MemoryLimits(1, MemoryLimits.MAX_PAGES), budget);

    assertEquals(-1, memory.grow(Memory.RUNTIME_MAX_PAGES));
    assertEquals(-1, memory.grow(Integer.MAX_VALUE));
    assertEquals(1, memory.pages());
    assertEquals(Memory.RUNTIME_MAX_PAGES, memory.maximumPages());
  }

  @Test
  void growthStopsAtTheBudgetAndAtTheHeap() {
    assertEquals("", BudgetCheck.problem());
  }

  @Test
  void largeArrayOfAnotherIsZeroAndCountsOnce() {
    assertEquals("", SpareCheck.problem());
  }
}
