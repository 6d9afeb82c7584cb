package wagi.engine;

import java.util.Locale;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/** Types and constants as a binary has them, in the words of the text format. */
final class WasmTypes {
  private static final int GLOBAL_GET = 0x23;
  private static final int I32_CONST = 0x41;
  private static final int I64_CONST = 0x42;
  private static final int END = 0x0b;

  private WasmTypes() {}

  /** Reads a value's type. */
  static String name(WasmBytes in) throws ModuleRefusedException {
    return switch (in.u8()) {
      case 0x7f -> "i32";
      case 0x7e -> "i64";
      case 0x7d -> "f32";
      case 0x7c -> "f64";
      case 0x7b -> "v128";
      case 0x70 -> "funcref";
      case 0x6f -> "externref";
      case 0x63, 0x64 -> {
        in.skipLeb();
        yield "ref";
      }
      default -> "ref";
    };
  }

  /** Writes a function's type as {@link ModuleOutline} does. */
  static String text(FunctionType type) {
    return text(type.params()) + " -> " + text(type.returns());
  }

  private static String text(Iterable<ValType> values) {
    StringBuilder text = new StringBuilder("(");
    for (ValType value : values) {
      text.append(text.length() == 1 ? "" : ", ").append(value.toString().toLowerCase(Locale.ROOT));
    }
    return text.append(')').toString();
  }

  /** Skips the address of a segment; refuses one that is not a plain number or global. */
  static void skipConstant(WasmBytes in) throws ModuleRefusedException {
    int opcode = in.u8();
    while (opcode != END) {
      if (opcode != I32_CONST && opcode != I64_CONST && opcode != GLOBAL_GET) {
        throw new ModuleRefusedException("a segment's address is not read here");
      }
      in.skipLeb();
      opcode = in.u8();
    }
  }
}
