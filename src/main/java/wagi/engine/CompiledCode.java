package wagi.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.runtime.TableInstance;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Export;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.Table;
import run.endive.wasm.types.TableLimits;

/** A module compiled and linked: what all routes over the same bytes share. */
final class CompiledCode {
  /** What a guest may grow a table to, unless it begins larger. */
  private static final long TABLE_GROWTH_LIMIT = 100_000;

  private static final int NO_START = -1;
  private static final MemoryTemplate NO_MEMORY = MemoryTemplate.blank(0);

  /** Without its code, which is compiled, and without its start section, which runs per request. */
  private final WasmModule module;

  private final ImportValues imports;
  private final Function<Instance, Machine> machines;
  private final int start;
  private final Findings findings;
  private final @Nullable MemoryTemplate template;

  /**
   * What is known of a module's code.
   *
   * @param reuseObstacle why instances are not used twice, or null if they are
   * @param interpretedBytes the functions that are interpreted, by index, and their sizes
   */
  record Findings(
      @Nullable String reuseObstacle,
      SortedMap<Integer, Integer> interpretedBytes,
      CodeOrigin origin) {}

  /**
   * Makes a first instance, whose memory others begin with.
   *
   * @param module without its code and start section
   * @param start index of the function that a start section names
   */
  CompiledCode(
      WasmModule module,
      Optional<Integer> start,
      ImportValues imports,
      Function<Instance, Machine> machines,
      Findings findings)
      throws ModuleRefusedException {
    this.module = module;
    this.imports = imports;
    this.machines = machines;
    this.start = start.orElse(NO_START);
    this.findings = findings;
    template = firstTemplate();
  }

  private @Nullable MemoryTemplate firstTemplate() throws ModuleRefusedException {
    MemoryBudget heap = MemoryBudget.ofHeap();
    if (!heap.allocate(initialMemoryBytes())) {
      throw new ModuleRefusedException(
          "begins with "
              + initialMemoryBytes()
              + " bytes of memory, more than the heap has for guests; give the server more");
    }
    try {
      GuestMemory memory = instantiateOn(newMemory(Long.MAX_VALUE, heap)).memory();
      return memory == null ? null : memory.template();
    } catch (WasmEngineException e) {
      throw new ModuleRefusedException("cannot be instantiated: " + e.getMessage(), e);
    }
  }

  /** Returns what a fresh instance's memory holds; an instance without memory asks for nothing. */
  MemoryTemplate template() {
    return template == null ? NO_MEMORY : template;
  }

  /** Returns why instances are not used twice, or null if they are. */
  @Nullable String reuseObstacle() {
    return findings.reuseObstacle();
  }

  CodeOrigin origin() {
    return findings.origin();
  }

  List<FunctionSize> interpreted() {
    return findings.interpretedBytes().entrySet().stream()
        .map(entry -> new FunctionSize(functionName(entry.getKey()), entry.getValue()))
        .toList();
  }

  int start() {
    return start;
  }

  boolean hasStart() {
    return start != NO_START;
  }

  /** Returns the bytes of memory an instance begins with. */
  long initialMemoryBytes() {
    return module
        .memorySection()
        .filter(section -> section.memoryCount() > 0)
        .map(section -> (long) section.getMemory(0).limits().initialPages() << 16)
        .orElse(0L);
  }

  /** Returns why this cannot be an entrypoint, or null if it can. */
  @Nullable String entrypointProblem(String name) {
    List<String> functions = new ArrayList<>();
    for (int i = 0; i < module.exportSection().exportCount(); i++) {
      Export export = module.exportSection().getExport(i);
      boolean isFunction = export.exportType() == ExternalType.FUNCTION;
      if (export.name().equals(name)) {
        return isFunction
            ? signatureProblem(name, functionType(export.index()))
            : "exports " + name + ", but not as a function";
      }
      if (isFunction) {
        functions.add(export.name());
      }
    }
    return "has no function "
        + name
        + " to start; its functions: "
        + (functions.isEmpty()
            ? "none"
            : String.join(", ", functions.subList(0, Math.min(10, functions.size()))));
  }

  private static @Nullable String signatureProblem(String name, FunctionType type) {
    boolean plain = type.params().isEmpty() && type.returns().isEmpty();
    return plain
        ? null
        : "function " + name + " is " + type + ", expected no parameters and results";
  }

  private FunctionType functionType(int index) {
    int imported = module.importSection().count(ExternalType.FUNCTION);
    if (index >= imported) {
      return module.functionSection().getFunctionType(index - imported, module.typeSection());
    }
    FunctionImport function =
        (FunctionImport)
            module.importSection().stream()
                .filter(FunctionImport.class::isInstance)
                .skip(index)
                .findFirst()
                .orElseThrow();
    return module.typeSection().getType(function.typeIndex());
  }

  boolean hasFunction(String name) {
    for (int i = 0; i < module.exportSection().exportCount(); i++) {
      Export export = module.exportSection().getExport(i);
      if (export.exportType() == ExternalType.FUNCTION && export.name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** Returns a name for a function of the generated code, as the module's name section has it. */
  String functionName(int index) {
    if (module.nameSection() != null) {
      String name = module.nameSection().nameOfFunction(index);
      if (name != null) {
        return name;
      }
    }
    return "function " + index;
  }

  /** Returns an empty memory for an instance, or null if the module has none. */
  @Nullable GuestMemory newMemory(long maxBytes, MemoryBudget budget) {
    int maxPages = (int) Math.min(maxBytes >> 16, MemoryLimits.MAX_PAGES);
    return module
        .memorySection()
        .filter(section -> section.memoryCount() > 0)
        .map(section -> section.getMemory(0).limits())
        .map(own -> new GuestMemory(clamp(own, maxPages), budget))
        .orElse(null);
  }

  /** Makes an instance on an empty memory. Its start section has not run yet. */
  WarmInstance instantiateOn(@Nullable GuestMemory memory) {
    Instance instance =
        Instance.builder(module)
            .withImportValues(imports)
            .withMachineFactory(machines)
            .withMemoryFactory(limits -> Objects.requireNonNull(memory))
            .withTableFactory(CompiledCode::table)
            .withInitialize(false)
            .withStart(false)
            .build();
    return new WarmInstance(instance.initialize(false), memory);
  }

  private static MemoryLimits clamp(MemoryLimits limits, int maxPages) {
    int max = Math.max(limits.initialPages(), Math.min(limits.maximumPages(), maxPages));
    return new MemoryLimits(limits.initialPages(), max);
  }

  /**
   * A table with limits of its own: the engine's would grow the module's, for all guests to come.
   */
  private static TableInstance table(Table table, int initialValue) {
    TableLimits limits = table.limits();
    long max = Math.min(limits.max(), Math.max(limits.min(), TABLE_GROWTH_LIMIT));
    TableLimits own = new TableLimits(limits.min(), max, limits.shared());
    return new TableInstance(new Table(table.elementType(), own, table.initialize()), initialValue);
  }
}
