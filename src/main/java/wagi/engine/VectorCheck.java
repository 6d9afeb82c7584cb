package wagi.engine;

import java.util.List;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionBody;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.Instruction;
import run.endive.wasm.types.OpCode;
import run.endive.wasm.types.ValType;

/** Refuses modules with vectors, which the compiler cannot translate. */
final class VectorCheck {
  /** Opcodes of this prefix are vector instructions. */
  private static final int PREFIX = 0xFD;

  private VectorCheck() {}

  static void check(WasmModule module) throws ModuleRefusedException {
    for (FunctionBody body : module.codeSection().functionBodies()) {
      for (Instruction instruction : body.instructions()) {
        OpCode opcode = instruction.opcode();
        if (opcode.opcode() >>> 8 == PREFIX || opcode.opcode() >>> 12 == PREFIX) {
          throw refused("instructions (" + opcode + ")");
        }
      }
      checkValues(body.localTypes());
    }
    for (int i = 0; i < module.globalSection().globalCount(); i++) {
      checkValues(List.of(module.globalSection().getGlobal(i).valueType()));
    }
    for (int i = 0; i < module.typeSection().subTypeCount(); i++) {
      FunctionType function = module.typeSection().getSubType(i).compType().funcType();
      if (function != null) {
        checkValues(function.params());
        checkValues(function.returns());
      }
    }
  }

  private static void checkValues(List<ValType> types) throws ModuleRefusedException {
    if (types.contains(ValType.V128)) {
      throw refused("values (v128)");
    }
  }

  private static ModuleRefusedException refused(String what) {
    return new ModuleRefusedException(
        "uses vector "
            + what
            + "; build without them (clang: -mno-simd128, Rust: -C target-feature=-simd128)");
  }
}
