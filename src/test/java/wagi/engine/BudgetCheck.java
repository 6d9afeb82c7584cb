package wagi.engine;

import java.util.ArrayList;
import java.util.List;
import run.endive.runtime.Memory;
import run.endive.wasm.types.MemoryLimits;

/** What memories that grow take from the budget, and what they say when they get nothing. */
final class BudgetCheck {
  private static final int PAGE = 65536;

  private BudgetCheck() {}

  static String problem() {
    if (!growthStopsAtTheBudget()) {
      return "a memory grows beyond the budget, or does not know it was refused";
    }
    return growthStopsAtTheHeap() ? "" : "the budget counts memory that the heap refused";
  }

  private static boolean growthStopsAtTheBudget() {
    MemoryBudget budget = new MemoryBudget(2 * PAGE, 0);
    GuestMemory memory = new GuestMemory(new MemoryLimits(0, 9), budget);
    return memory.grow(2) == 0
        && !memory.growthRefused()
        && memory.grow(1) == -1
        && memory.growthRefused()
        && memory.pages() == 2
        && budget.allocated() == memory.capacity();
  }

  private static boolean growthStopsAtTheHeap() {
    int most = Memory.RUNTIME_MAX_PAGES;
    MemoryBudget credulous = new MemoryBudget(Long.MAX_VALUE, 0);
    List<GuestMemory> memories = new ArrayList<>();
    int answer = 0;
    while (answer >= 0) {
      memories.add(new GuestMemory(new MemoryLimits(1, MemoryLimits.MAX_PAGES), credulous));
      answer = memories.getLast().grow(most - 1);
    }
    long grown = (memories.size() - 1) * (long) Memory.bytes(most - 1);
    return memories.getLast().growthRefused()
        && credulous.allocated() == grown
        && credulous.making.tryBegin(false);
  }
}
