package wagi.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.Import;

/** Finds the host function for every import, once per module. */
final class Linker {
  private static final long[] NOTHING = new long[0];

  private record Provided(HostModule module, HostFunction function) {}

  private final Map<String, Map<String, Provided>> provided = new HashMap<>();
  private final @Nullable HostCallListener trace;

  Linker(List<HostModule> modules, @Nullable HostCallListener trace) {
    this.trace = trace;
    for (HostModule module : modules) {
      Map<String, Provided> byName = provided.computeIfAbsent(module.name(), n -> new HashMap<>());
      for (HostFunction function : module.functions()) {
        byName.put(function.name(), new Provided(module, function));
      }
    }
  }

  ImportValues link(WasmModule module) throws ModuleRefusedException {
    List<String> missing = new ArrayList<>();
    List<ImportFunction> functions = new ArrayList<>();
    for (int i = 0; i < module.importSection().importCount(); i++) {
      Import wanted = module.importSection().getImport(i);
      if (!(wanted instanceof FunctionImport function)) {
        missing.add(
            wanted.module()
                + "."
                + wanted.name()
                + " is a "
                + wanted.importType().name().toLowerCase(java.util.Locale.ROOT)
                + ", and only functions can be imported here");
        continue;
      }
      FunctionType type = module.typeSection().getType(function.typeIndex());
      String problem = problem(function, type);
      if (problem != null) {
        missing.add(problem);
        continue;
      }
      functions.add(importFunction(find(function), type));
    }
    if (!missing.isEmpty()) {
      throw new ModuleRefusedException("missing import: " + String.join("; ", missing));
    }
    return ImportValues.builder().withFunctions(functions).build();
  }

  private Provided find(FunctionImport wanted) {
    Provided found = provided.getOrDefault(wanted.module(), Map.of()).get(wanted.name());
    if (found == null) {
      throw new IllegalStateException("checked before: " + wanted);
    }
    return found;
  }

  private @Nullable String problem(FunctionImport wanted, FunctionType type) {
    String name = wanted.module() + "." + wanted.name();
    Map<String, Provided> byName = provided.get(wanted.module());
    if (byName == null) {
      return name + " (no such host module" + nearest(wanted.module(), provided.keySet()) + ")";
    }
    Provided found = byName.get(wanted.name());
    if (found == null) {
      return name + " (no such function" + nearest(wanted.name(), byName.keySet()) + ")";
    }
    if (!found.function().type().equals(type)) {
      return name + " is imported as " + type + ", but is " + found.function().type();
    }
    return null;
  }

  private static String nearest(String name, Iterable<String> names) {
    String near = NearestName.of(name, names);
    return near == null ? "" : ", the nearest is " + near;
  }

  private ImportFunction importFunction(Provided provided, FunctionType type) {
    HostCall call = trace == null ? provided.function().call() : traced(provided, trace);
    boolean returns = !type.returns().isEmpty();
    return new ImportFunction(
        provided.module().name(),
        provided.function().name(),
        type,
        (instance, arguments) -> {
          Guest guest = guestOf(instance);
          long result = call.call(guest, arguments);
          guest.lookSoon();
          return returns ? new long[] {result} : NOTHING;
        });
  }

  private static HostCall traced(Provided provided, HostCallListener trace) {
    HostFunction function = provided.function();
    String module = provided.module().name();
    return (guest, arguments) -> {
      String result = "exit";
      try {
        long value = function.call().call(guest, arguments);
        result = provided.module().resultText(function, value);
        return value;
      } finally {
        trace.called(guest, module, function.name(), arguments, result);
      }
    };
  }

  /** The guest hangs on its memory; a module without one is found by its thread. */
  private static Guest guestOf(Instance instance) {
    Guest guest =
        instance.memory() instanceof GuestMemory memory ? memory.guest() : Guest.onThisThread();
    if (guest == null) {
      throw new IllegalStateException("a host call outside of a request");
    }
    return guest;
  }
}
