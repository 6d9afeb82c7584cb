package wagi.engine;

import java.io.ByteArrayOutputStream;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import run.endive.wasm.types.SectionId;

/**
 * The binary of a compiled module, without what is in its classes: function bodies are empty, but
 * for those that are interpreted, and custom sections are gone, but for the names. To parse this
 * takes a small part of the time that the whole takes.
 */
final class ModuleSkeleton {
  private static final int PREAMBLE_BYTES = 8;

  /** No locals, and the end. */
  private static final byte[] EMPTY_BODY = {2, 0, 0x0b};

  private final byte[] wasm;
  private final SortedSet<Integer> interpreted;
  private final ByteArrayOutputStream skeleton = new ByteArrayOutputStream();
  private final SortedMap<Integer, Integer> interpretedBytes = new TreeMap<>();

  /** Takes a module that was checked before. */
  ModuleSkeleton(byte[] wasm, SortedSet<Integer> interpreted) throws ModuleRefusedException {
    this.wasm = wasm;
    this.interpreted = interpreted;
    skeleton.write(wasm, 0, PREAMBLE_BYTES);
    WasmBytes in = new WasmBytes(wasm, PREAMBLE_BYTES, wasm.length);
    int imports = 0;
    while (in.hasMore()) {
      int id = in.u8();
      WasmBytes section = in.part();
      int from = section.position();
      switch (id) {
        case SectionId.CUSTOM -> {
          if (section.name().equals("name")) {
            copy(id, from, in.position());
          }
        }
        case SectionId.CODE -> code(section, imports);
        default -> {
          if (id == SectionId.IMPORT) {
            // whatever else a module imports is refused: all of these are functions
            imports = section.count();
          }
          copy(id, from, in.position());
        }
      }
    }
  }

  byte[] bytes() {
    return skeleton.toByteArray();
  }

  /** Returns the interpreted functions by their index, each with the bytes it has in the module. */
  SortedMap<Integer, Integer> interpretedBytes() {
    return interpretedBytes;
  }

  private void code(WasmBytes section, int imports) throws ModuleRefusedException {
    ByteArrayOutputStream bodies = new ByteArrayOutputStream();
    int count = section.count();
    writeU32(bodies, count);
    for (int i = 0; i < count; i++) {
      WasmBytes body = section.part();
      if (interpreted.contains(imports + i)) {
        interpretedBytes.put(imports + i, body.remaining());
        writeU32(bodies, body.remaining());
        bodies.write(wasm, body.position(), body.remaining());
      } else {
        bodies.writeBytes(EMPTY_BODY);
      }
    }
    skeleton.write(SectionId.CODE);
    writeU32(skeleton, bodies.size());
    skeleton.writeBytes(bodies.toByteArray());
  }

  private void copy(int id, int from, int to) {
    skeleton.write(id);
    writeU32(skeleton, to - from);
    skeleton.write(wasm, from, to - from);
  }

  private static void writeU32(ByteArrayOutputStream out, int value) {
    int rest = value;
    while (rest > 0x7f) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
