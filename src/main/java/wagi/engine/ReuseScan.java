package wagi.engine;

import org.jspecify.annotations.Nullable;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionBody;
import run.endive.wasm.types.GlobalSection;
import run.endive.wasm.types.Instruction;
import run.endive.wasm.types.MutabilityType;

/** Finds out whether an instance can be made as new by restoring its memory and its globals. */
final class ReuseScan {
  private ReuseScan() {}

  /** Returns what stands against it, or null if nothing does. */
  static @Nullable String obstacle(WasmModule module) {
    GlobalSection globals = module.globalSection();
    for (int i = 0; i < globals.globalCount(); i++) {
      var global = globals.getGlobal(i);
      if (global.mutabilityType() == MutabilityType.Var && global.valueType().isReference()) {
        return "global " + i + " holds a reference that code may change";
      }
    }
    FunctionBody[] bodies = module.codeSection().functionBodies();
    for (int i = 0; i < bodies.length; i++) {
      for (Instruction instruction : bodies[i].instructions()) {
        if (leavesTraces(instruction)) {
          return "function body " + i + " uses " + instruction.opcode();
        }
      }
    }
    return null;
  }

  /** Tables, dropped segments and caught exceptions are not restored. */
  private static boolean leavesTraces(Instruction instruction) {
    return switch (instruction.opcode()) {
      case TABLE_SET,
          TABLE_GROW,
          TABLE_FILL,
          TABLE_COPY,
          TABLE_INIT,
          ELEM_DROP,
          DATA_DROP,
          THROW,
          THROW_REF,
          TRY_TABLE ->
          true;
      default -> false;
    };
  }
}
