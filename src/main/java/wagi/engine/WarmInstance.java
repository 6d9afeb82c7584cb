package wagi.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.ExportFunction;
import run.endive.runtime.Instance;
import run.endive.wasm.types.MutabilityType;

/** An instance that can be made as new: its mutable globals and its memory are all it changes. */
final class WarmInstance {
  private final Instance instance;
  private final @Nullable GuestMemory memory;
  private final int[] globals;
  private final long[] values;
  private final Map<String, ExportFunction> functions = new HashMap<>(4);

  /** When it was last given back; for the pool. */
  long idleSinceNanos;

  WarmInstance(Instance instance, @Nullable GuestMemory memory) {
    this.instance = instance;
    this.memory = memory;
    globals = mutableGlobals(instance);
    values = new long[globals.length];
    for (int i = 0; i < globals.length; i++) {
      values[i] = instance.global(globals[i]).getValue();
    }
  }

  private static int[] mutableGlobals(Instance instance) {
    return IntStream.range(0, instance.globalCount())
        .filter(i -> instance.global(i).getMutabilityType() == MutabilityType.Var)
        .toArray();
  }

  @Nullable GuestMemory memory() {
    return memory;
  }

  void call(String function) {
    functions.computeIfAbsent(function, instance::export).apply();
  }

  void call(int function) {
    instance.getMachine().call(function, new long[0]);
  }

  void reset(MemoryTemplate template) {
    for (int i = 0; i < globals.length; i++) {
      instance.global(globals[i]).setValue(values[i]);
    }
    if (memory != null) {
      memory.reset(template);
    }
  }

  /** Leaves nothing but an empty memory, for a new instance to begin with. */
  void clear() {
    if (memory != null) {
      memory.zero();
    }
  }
}
