package wagi.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import run.endive.wasm.types.MemoryLimits;

/** What a memory finds in a large array that another has left, and what the budget says of it. */
final class SpareCheck {
  private static final int PAGE = 65536;
  private static final int LARGE = 200;
  private static final byte SECRET = 42;

  private SpareCheck() {}

  static String problem() {
    List<String> problems = new ArrayList<>();
    MemoryBudget budget = new MemoryBudget(Long.MAX_VALUE, Long.MAX_VALUE);
    int length = leaveSecrets(budget);
    check(problems, "the array that is left counts", budget.allocated() == length);

    GuestMemory grown = new GuestMemory(new MemoryLimits(0, 2 * LARGE), budget);
    grown.grow(1);
    grown.fill(SECRET, 0, PAGE);
    grown.grow(LARGE);
    check(problems, "the array is used again", grown.capacity() == length);
    check(problems, "what it had is kept", only(grown.array(), 0, PAGE, SECRET));
    check(problems, "the rest is zero", only(grown.array(), PAGE, length, (byte) 0));
    check(problems, "it counts once", budget.allocated() == length);
    check(problems, "it has a card for each page", grown.cards.length >= length >>> 12);

    grown.fill(SECRET, 0, (LARGE + 1) * PAGE);
    grown.grow(LARGE - 1);
    check(problems, "both count", budget.allocated() == length + grown.capacity());
    check(problems, "it moves whole", only(grown.array(), 0, (LARGE + 1) * PAGE, SECRET));
    GuestMemory first = new GuestMemory(new MemoryLimits(LARGE, LARGE), budget);
    check(problems, "a first array is zero", only(first.array(), 0, length, (byte) 0));
    check(problems, "and counts", budget.allocated() == grown.capacity() + length - LARGE * PAGE);
    return String.join("; ", problems) + ofTheLargest() + ofTheBudget();
  }

  /** Who would be given all that it may have takes as much from another. */
  private static String ofTheLargest() {
    List<String> problems = new ArrayList<>();
    MemoryBudget budget = new MemoryBudget(Long.MAX_VALUE, Long.MAX_VALUE);
    MemoryLimits limits = new MemoryLimits(0, 2 * LARGE);
    GuestMemory all = new GuestMemory(limits, budget);
    all.grow(2 * LARGE);
    all.discard();
    GuestMemory next = new GuestMemory(limits, budget);
    next.grow(3 * LARGE / 4 + 1);
    check(problems, "the largest is used again", budget.allocated() == 2L * LARGE * PAGE);
    return String.join("; ", problems);
  }

  private static String ofTheBudget() {
    List<String> problems = new ArrayList<>();
    MemoryBudget budget = new MemoryBudget(3L * LARGE * PAGE, 2L * LARGE * PAGE);
    int length = leaveSecrets(budget);
    check(problems, "a spare array gives way", budget.allocate(2L * LARGE * PAGE));
    check(problems, "and counts no more", budget.allocated() == 2L * LARGE * PAGE);
    check(problems, "what there is not cannot", !budget.allocate(2L * LARGE * PAGE));
    budget.free(budget.allocated());
    leaveSecrets(budget);
    long now = System.nanoTime();
    budget.trim(now);
    check(problems, "one just left stays", budget.allocated() == length);
    budget.trim(now + TimeUnit.SECONDS.toNanos(11));
    check(problems, "one nobody needs goes", budget.allocated() == 0);
    leaveSecrets(budget);
    leaveSecrets(budget);
    check(problems, "no more are kept than may be", budget.allocated() == length);
    return String.join("; ", problems);
  }

  private static int leaveSecrets(MemoryBudget budget) {
    GuestMemory memory = new GuestMemory(new MemoryLimits(0, LARGE + LARGE / 2), budget);
    memory.grow(LARGE);
    memory.fill(SECRET, 0, LARGE * PAGE);
    int length = memory.array().length;
    memory.discard();
    return length;
  }

  private static boolean only(byte[] array, int from, int to, byte value) {
    byte[] expected = new byte[to - from];
    Arrays.fill(expected, value);
    return Arrays.equals(array, from, to, expected, 0, expected.length);
  }

  private static void check(List<String> problems, String fact, boolean holds) {
    if (!holds) {
      problems.add("not so: " + fact);
    }
  }
}
