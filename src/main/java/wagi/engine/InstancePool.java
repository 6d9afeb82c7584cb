package wagi.engine;

import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one module: made when none is idle, reset and kept when a guest ended well.
 * Where an instance cannot be made as new, its memory is kept and a new instance is built on that.
 */
final class InstancePool {
  /** What of an instance a later guest may use. */
  enum Reuse {
    INSTANCE,
    MEMORY,
    NOTHING
  }

  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final CompiledCode code;
  private final long memoryBytes;
  private final MemoryBudget budget;
  private final Reuse reuse;

  /** The last one given back is taken first: its memory is likely in the processor's cache. */
  private final ConcurrentLinkedDeque<WarmInstance> idle = new ConcurrentLinkedDeque<>();

  /** What guests of the module wait for; few of them at a time. */
  private final Collection<Integer> wanted = new ConcurrentLinkedQueue<>();

  InstancePool(CompiledCode code, long memoryBytes, MemoryBudget budget, Reuse reuse) {
    this.code = code;
    this.memoryBytes = memoryBytes;
    this.budget = budget;
    this.reuse = reuse;
  }

  /** Returns an instance as new, or null if there is no memory for one. */
  @Nullable WarmInstance take() {
    WarmInstance warm = idle.pollFirst();
    if (warm != null) {
      budget.useWarm(bytes(warm));
      return reuse == Reuse.INSTANCE ? warm : code.instantiateOn(warm.memory());
    }
    long initial = code.initialMemoryBytes();
    if (!budget.allocate(initial)) {
      return null;
    }
    try {
      return code.instantiateOn(code.newMemory(memoryBytes, budget));
    } catch (OutOfMemoryError e) {
      // The heap has less than the budget was told.
      budget.free(initial);
      return null;
    }
  }

  /**
   * A guest waits for so much memory: an idle instance leaves it, or the next that is given back.
   */
  void wants(int memory) {
    wanted.add(memory);
    for (WarmInstance warm : idle) {
      if (SpareArrays.fits(bytes(warm), memory) && idle.remove(warm)) {
        drop(warm);
        return;
      }
    }
  }

  /** A guest waits no longer for so much memory. */
  void wantsNot(int memory) {
    wanted.remove(memory);
  }

  private boolean isWanted(WarmInstance warm) {
    return !wanted.isEmpty() // hardly ever
        && wanted.stream().anyMatch(memory -> SpareArrays.fits(bytes(warm), memory));
  }

  /** Takes an instance back, unless one of its module's guests waits for memory such as it has. */
  void giveBack(WarmInstance warm) {
    switch (reuse) {
      case INSTANCE -> warm.reset(code.template());
      case MEMORY -> warm.clear();
      case NOTHING -> {
        discard(warm);
        return;
      }
    }
    if (isWanted(warm) || !budget.keepWarm(bytes(warm))) {
      discard(warm);
      return;
    }
    warm.idleSinceNanos = System.nanoTime();
    idle.addFirst(warm);
  }

  /** Forgets an instance: nobody can say what state it is in. */
  void discard(WarmInstance warm) {
    GuestMemory memory = warm.memory();
    if (memory != null) {
      memory.discard();
    }
  }

  /** Drops instances that nobody has needed for long. */
  void trim(long nowNanos) {
    WarmInstance oldest = idle.peekLast();
    while (oldest != null && nowNanos - oldest.idleSinceNanos > IDLE_NANOS) {
      if (idle.removeLastOccurrence(oldest)) {
        drop(oldest);
      }
      oldest = idle.peekLast();
    }
  }

  /** Drops them all; nobody takes from this pool any more. */
  void empty() {
    for (WarmInstance warm = idle.poll(); warm != null; warm = idle.poll()) {
      drop(warm);
    }
  }

  private void drop(WarmInstance warm) {
    budget.useWarm(bytes(warm));
    discard(warm);
  }

  private static long bytes(WarmInstance warm) {
    GuestMemory memory = warm.memory();
    return memory == null ? 0 : memory.capacity();
  }
}
