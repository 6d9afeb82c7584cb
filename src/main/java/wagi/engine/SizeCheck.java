package wagi.engine;

import run.endive.wasm.types.SectionId;

/**
 * Refuses modules that are small as files and huge when parsed, which is therefore not begun: a few
 * bytes can declare thousands of locals, and every function can have a type with thousands of
 * parameters. What is not valid otherwise is left to the parser.
 */
final class SizeCheck {
  private static final int PREAMBLE_BYTES = 8;
  private static final int FUNCTION_TYPE = 0x60;
  private static final int NULLABLE_REFERENCE = 0x63;
  private static final int REFERENCE = 0x64;
  private static final int MAX_FUNCTIONS = 100_000;
  private static final int MAX_LOCALS = 10_000;

  /** As browsers have it; parsed, a byte of code can take hundreds. */
  private static final int MAX_BODY_BYTES = 7_654_321;

  /** As the JavaScript embedding has it. */
  private static final int MAX_VALUES = 1_000;

  /** Compilers declare what code uses, and a use takes two bytes. */
  private static final int MAX_UNUSED_LOCALS = 100_000;

  private SizeCheck() {}

  static void check(byte[] wasm) throws ModuleRefusedException {
    WasmBytes in = new WasmBytes(wasm, PREAMBLE_BYTES, wasm.length);
    while (in.hasMore()) {
      int id = in.u8();
      WasmBytes section = in.part();
      switch (id) {
        case SectionId.TYPE -> types(section);
        case SectionId.CODE -> code(section);
        default -> {}
      }
    }
  }

  private static void types(WasmBytes section) throws ModuleRefusedException {
    for (int i = section.count(); i > 0; i--) {
      if (section.u8() != FUNCTION_TYPE) {
        throw new ModuleRefusedException(
            "uses garbage-collected types, which this server cannot limit; build"
                + " for linear memory, as C, Rust and TinyGo do");
      }
      values("parameters", section);
      values("results", section);
    }
  }

  private static void values(String what, WasmBytes section) throws ModuleRefusedException {
    int count = section.count();
    if (count > MAX_VALUES) {
      throw new ModuleRefusedException(
          "has a type with " + count + " " + what + ", the most is " + MAX_VALUES);
    }
    for (int i = count; i > 0; i--) {
      skipType(section);
    }
  }

  private static void code(WasmBytes section) throws ModuleRefusedException {
    long most = MAX_UNUSED_LOCALS + (long) section.remaining();
    int bodies = section.count();
    if (bodies > MAX_FUNCTIONS) {
      throw new ModuleRefusedException(
          "has " + bodies + " functions, the most is " + MAX_FUNCTIONS);
    }
    long all = 0;
    for (int i = 0; i < bodies; i++) {
      all += locals(i, section.part());
      if (all > most) {
        throw new ModuleRefusedException(
            "declares more than " + most + " locals, which is more than its code can use");
      }
    }
  }

  private static long locals(int index, WasmBytes body) throws ModuleRefusedException {
    if (body.remaining() > MAX_BODY_BYTES) {
      throw new ModuleRefusedException(
          "function body "
              + index
              + " has "
              + body.remaining()
              + " bytes, the most is "
              + MAX_BODY_BYTES);
    }
    long locals = 0;
    for (int groups = body.count(); groups > 0; groups--) {
      locals += body.u32();
      skipType(body);
    }
    if (locals > MAX_LOCALS) {
      throw new ModuleRefusedException(
          "function body " + index + " has " + locals + " locals, the most is " + MAX_LOCALS);
    }
    return locals;
  }

  private static void skipType(WasmBytes in) throws ModuleRefusedException {
    int type = in.u8();
    if (type == NULLABLE_REFERENCE || type == REFERENCE) {
      in.skipLeb();
    }
  }
}
