package wagi.engine;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of the heap guests' memories may take: all of them together, and those that are kept
 * warm without a guest.
 */
final class MemoryBudget {
  static final int ALLOCATED_PERCENT = 60;
  private static final int WARM_PERCENT = 25;

  private final long mostAllocated;
  private final long mostWarm;
  private final AtomicLong allocated = new AtomicLong();
  private final AtomicLong warm = new AtomicLong();

  final SpareArrays spares;

  final Making making = new Making(System::nanoTime);

  MemoryBudget(long mostAllocated, long mostWarm) {
    this.mostAllocated = mostAllocated;
    this.mostWarm = mostWarm;
    spares = new SpareArrays(mostWarm);
  }

  static MemoryBudget ofHeap() {
    long heap = Runtime.getRuntime().maxMemory();
    return new MemoryBudget(heap / 100 * ALLOCATED_PERCENT, heap / 100 * WARM_PERCENT);
  }

  boolean allocate(long bytes) {
    while (!add(allocated, bytes, mostAllocated)) {
      int dropped = spares.drop();
      if (dropped == 0) {
        return false;
      }
      free(dropped);
    }
    return true;
  }

  /** Gives up arrays that nobody has needed for long. */
  void trim(long nowNanos) {
    for (int dropped = spares.dropIdle(nowNanos); dropped != 0; ) {
      free(dropped);
      dropped = spares.dropIdle(nowNanos);
    }
  }

  void free(long bytes) {
    allocated.addAndGet(-bytes);
  }

  boolean keepWarm(long bytes) {
    return add(warm, bytes, mostWarm);
  }

  void useWarm(long bytes) {
    warm.addAndGet(-bytes);
  }

  long allocated() {
    return allocated.get();
  }

  long warm() {
    return warm.get();
  }

  private static boolean add(AtomicLong counter, long bytes, long most) {
    if (counter.addAndGet(bytes) <= most) {
      return true;
    }
    counter.addAndGet(-bytes);
    return false;
  }
}
