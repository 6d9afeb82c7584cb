package wagi.engine;

import java.util.stream.IntStream;
import run.endive.runtime.Memory;
import run.endive.wasm.MalformedException;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ExportSection;
import run.endive.wasm.types.FunctionBody;
import run.endive.wasm.types.Instruction;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.MemorySection;
import run.endive.wasm.types.Table;

/** Parses a module and refuses, with the reason and the remedy, what this engine does not run. */
final class ModuleCheck {
  static final int MAX_BYTES = 64 << 20;
  private static final int MAX_NESTING = 1_000;

  /** As browsers have it; a million take minutes to compile. */
  private static final int MAX_BRANCHES = 65_520;

  static final int MAX_TABLE_ENTRIES = 1_000_000;
  private static final int MAX_TABLES = 100;

  private ModuleCheck() {}

  static WasmModule parse(byte[] wasm) throws ModuleRefusedException {
    checkPreamble(wasm);
    SizeCheck.check(wasm);
    WasmModule module;
    try {
      module = Parser.parse(wasm);
    } catch (WasmEngineException | IllegalArgumentException e) {
      throw new ModuleRefusedException("not a valid module: " + remedy(e), e);
    } catch (NullPointerException | IndexOutOfBoundsException e) {
      // The parser's own, where a branch names a label that is not there, or a block ends twice.
      throw new ModuleRefusedException("not a valid module: its code is malformed", e);
    } catch (StackOverflowError e) {
      throw new ModuleRefusedException("not a valid module: nested too deeply", e);
    }
    checkSpin(module.exportSection());
    checkMemories(module);
    checkTables(module);
    checkCode(module);
    VectorCheck.check(module);
    return module;
  }

  private static void checkPreamble(byte[] wasm) throws ModuleRefusedException {
    if (wasm.length > MAX_BYTES) {
      throw new ModuleRefusedException(
          "the module has " + wasm.length + " bytes, the most is " + MAX_BYTES);
    }
    if (wasm.length < 8 || wasm[0] != 0 || wasm[1] != 'a' || wasm[2] != 's' || wasm[3] != 'm') {
      throw new ModuleRefusedException("not a WebAssembly binary: it does not begin with \\0asm");
    }
    int version = (wasm[4] & 0xff) | (wasm[5] & 0xff) << 8;
    int layer = (wasm[6] & 0xff) | (wasm[7] & 0xff) << 8;
    if (layer == 1) {
      throw new ModuleRefusedException(SpinCheck.component(wasm));
    }
    if (version != 1 || layer != 0) {
      throw new ModuleRefusedException("WebAssembly version " + version + ", expected 1");
    }
  }

  private static String remedy(RuntimeException e) {
    String text = e.getMessage();
    if (text == null) {
      return "the parser gives up with " + e.getClass().getSimpleName();
    }
    // the engine's words for the flag of a 64-bit memory
    return e instanceof MalformedException && text.contains("invalid memory limit: 4")
        ? "its memory has 64-bit addresses; build for wasm32"
        : text;
  }

  private static void checkSpin(ExportSection exports) throws ModuleRefusedException {
    String reason =
        SpinCheck.module(
            IntStream.range(0, exports.exportCount())
                .mapToObj(i -> exports.getExport(i).name())
                .toList());
    if (reason != null) {
      throw new ModuleRefusedException(reason);
    }
  }

  private static void checkMemories(WasmModule module) throws ModuleRefusedException {
    int memories = module.memorySection().map(MemorySection::memoryCount).orElse(0);
    if (memories > 1) {
      throw new ModuleRefusedException(
          "has " + memories + " memories, at most one is supported; build without multi-memory");
    }
    if (memories == 0) {
      return;
    }
    MemoryLimits limits = module.memorySection().orElseThrow().getMemory(0).limits();
    if (limits.initialPages() > Memory.RUNTIME_MAX_PAGES) {
      throw new ModuleRefusedException(
          "begins with "
              + ((long) limits.initialPages() << 16)
              + " bytes of memory, the most is "
              + Memory.bytes(Memory.RUNTIME_MAX_PAGES));
    }
    if (limits.shared()) {
      throw new ModuleRefusedException(
          "has a shared memory: threads do not run here; build without threads");
    }
  }

  private static void checkTables(WasmModule module) throws ModuleRefusedException {
    int count = module.tableSection().tableCount();
    if (count > MAX_TABLES) {
      throw new ModuleRefusedException("has " + count + " tables, the most is " + MAX_TABLES);
    }
    long entries = 0;
    for (int i = 0; i < count; i++) {
      Table table = module.tableSection().getTable(i);
      entries += table.limits().min();
    }
    if (entries > MAX_TABLE_ENTRIES) {
      throw new ModuleRefusedException(
          "its tables have " + entries + " entries, the most is " + MAX_TABLE_ENTRIES);
    }
  }

  private static void checkCode(WasmModule module) throws ModuleRefusedException {
    FunctionBody[] bodies = module.codeSection().functionBodies();
    for (int i = 0; i < bodies.length; i++) {
      checkBody(i, bodies[i]);
    }
  }

  private static void checkBody(int index, FunctionBody body) throws ModuleRefusedException {
    int depth = 0;
    for (Instruction instruction : body.instructions()) {
      switch (instruction.opcode()) {
        case BLOCK, LOOP, IF, TRY_TABLE -> depth++;
        case END -> depth--;
        case BR_TABLE -> checkBranches(index, instruction.operandCount() - 1);
        default -> {}
      }
      if (depth > MAX_NESTING) {
        throw new ModuleRefusedException(
            "function body " + index + " nests blocks deeper than " + MAX_NESTING);
      }
    }
  }

  private static void checkBranches(int index, int branches) throws ModuleRefusedException {
    if (branches > MAX_BRANCHES) {
      throw new ModuleRefusedException(
          "function body "
              + index
              + " has a br_table of "
              + branches
              + " branches, the most is "
              + MAX_BRANCHES);
    }
  }
}
