package wagi.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import run.endive.wasm.types.SectionId;

/**
 * What a binary says of itself, read as far as it goes: also of modules that the engine does not
 * parse. Nothing here is validated.
 */
final class ModuleOutline {
  private static final int PREAMBLE_BYTES = 8;
  private static final int FUNCTION_TYPE = 0x60;
  private static final int FUNCTION_NAMES = 1;
  private static final int HAS_MAXIMUM = 1;
  private static final int WIDE = 4;
  private static final String UNKNOWN = "of a type that is not read here";
  private static final List<String> KINDS = List.of("function", "table", "memory", "global", "tag");

  final List<ModuleReport.Producer> producers = new ArrayList<>();
  final List<ModuleReport.Imported> imports = new ArrayList<>();
  final List<ModuleReport.Exported> exports = new ArrayList<>();
  private final List<ModuleReport.Extent> memories = new ArrayList<>();
  private final List<ModuleReport.Extent> tables = new ArrayList<>();
  private final Map<Integer, String> names = new HashMap<>();
  private final List<String> types = new ArrayList<>();

  /** The type's index of every function, imported ones first. */
  private final List<Integer> functions = new ArrayList<>();

  private int importedFunctions;
  private int codeFunctions;
  private long codeBytes;
  private int largest = -1;
  private int largestBytes;
  private int dataSegments;
  private long dataBytes;
  private final long bytes;

  ModuleOutline(byte[] wasm) {
    bytes = wasm.length;
    WasmBytes in = new WasmBytes(wasm, Math.min(PREAMBLE_BYTES, wasm.length), wasm.length);
    try {
      while (in.hasMore()) {
        int id = in.u8();
        read(id, in.part());
      }
    } catch (ModuleRefusedException e) {
      // what follows cannot be found; the engine says what is wrong
      return;
    }
  }

  private void read(int id, WasmBytes section) {
    try {
      switch (id) {
        case SectionId.CUSTOM -> custom(section.name(), section);
        case SectionId.TYPE -> types(section);
        case SectionId.IMPORT -> imports(section);
        case SectionId.FUNCTION -> functions(section);
        case SectionId.TABLE -> tables(section);
        case SectionId.MEMORY -> memories(section);
        case SectionId.EXPORT -> exports(section);
        case SectionId.CODE -> code(section);
        case SectionId.DATA -> data(section);
        default -> {}
      }
    } catch (ModuleRefusedException e) {
      // the rest of this section is not known, the next one is found all the same
      return;
    }
  }

  private void custom(String name, WasmBytes section) throws ModuleRefusedException {
    switch (name) {
      case "producers" -> {
        for (int fields = section.count(); fields > 0; fields--) {
          String field = section.name();
          for (int values = section.count(); values > 0; values--) {
            producers.add(new ModuleReport.Producer(field, section.name(), section.name()));
          }
        }
      }
      case "name" -> {
        while (section.hasMore()) {
          int kind = section.u8();
          WasmBytes part = section.part();
          for (int i = kind == FUNCTION_NAMES ? part.count() : 0; i > 0; i--) {
            names.put((int) part.u32(), part.name());
          }
        }
      }
      default -> {}
    }
  }

  /** Stops at the first that is not a function's: the others' form says nothing of their length. */
  private void types(WasmBytes section) throws ModuleRefusedException {
    for (int i = section.count(); i > 0 && section.u8() == FUNCTION_TYPE; i--) {
      types.add(values(section) + " -> " + values(section));
    }
  }

  private static String values(WasmBytes section) throws ModuleRefusedException {
    List<String> values = new ArrayList<>();
    for (int i = section.count(); i > 0; i--) {
      values.add(WasmTypes.name(section));
    }
    return "(" + String.join(", ", values) + ")";
  }

  private void imports(WasmBytes section) throws ModuleRefusedException {
    for (int i = section.count(); i > 0; i--) {
      String module = section.name();
      String name = section.name();
      int kind = section.u8();
      String type = kind < KINDS.size() ? "a " + KINDS.get(kind) : UNKNOWN;
      switch (kind) {
        case 0 -> {
          int index = (int) section.u32();
          functions.add(index);
          importedFunctions++;
          type = type(index);
        }
        case 1 -> {
          WasmTypes.name(section);
          extent(section);
        }
        case 2 -> memories.add(extent(section));
        case 3 -> {
          WasmTypes.name(section);
          section.u8();
        }
        default -> {
          section.u8();
          section.u32();
        }
      }
      imports.add(new ModuleReport.Imported(module, name, type, null));
    }
  }

  private void functions(WasmBytes section) throws ModuleRefusedException {
    for (int i = section.count(); i > 0; i--) {
      functions.add((int) section.u32());
    }
  }

  /** Reads up to the first table with elements of its own, whose expression has no length. */
  private void tables(WasmBytes section) throws ModuleRefusedException {
    for (int i = section.count(); i > 0; i--) {
      WasmTypes.name(section);
      tables.add(extent(section));
    }
  }

  private void memories(WasmBytes section) throws ModuleRefusedException {
    for (int i = section.count(); i > 0; i--) {
      memories.add(extent(section));
    }
  }

  private static ModuleReport.Extent extent(WasmBytes section) throws ModuleRefusedException {
    int flags = section.u8();
    boolean wide = (flags & WIDE) != 0;
    long initial = section.u64();
    return new ModuleReport.Extent(initial, (flags & HAS_MAXIMUM) == 0 ? -1 : section.u64(), wide);
  }

  private void exports(WasmBytes section) throws ModuleRefusedException {
    for (int i = section.count(); i > 0; i--) {
      String name = section.name();
      int kind = section.u8();
      int index = (int) section.u32();
      boolean function = kind == 0 && index >= 0 && index < functions.size();
      exports.add(
          new ModuleReport.Exported(
              kind < KINDS.size() ? KINDS.get(kind) : "unknown",
              name,
              function ? type(functions.get(index)) : ""));
    }
  }

  private String type(int index) {
    return index >= 0 && index < types.size() ? types.get(index) : UNKNOWN;
  }

  private void code(WasmBytes section) throws ModuleRefusedException {
    for (int i = section.count(); i > 0; i--) {
      int size = section.part().remaining();
      codeBytes += size;
      if (size > largestBytes) {
        largestBytes = size;
        largest = importedFunctions + codeFunctions;
      }
      codeFunctions++;
    }
  }

  /** Passive segments and those of memory 0; the others' begin is read as what it is. */
  private void data(WasmBytes section) throws ModuleRefusedException {
    for (int i = section.count(); i > 0; i--) {
      int mode = section.u8();
      if (mode == 2) {
        section.skipLeb();
      }
      if (mode != 1) {
        WasmTypes.skipConstant(section);
      }
      dataBytes += section.part().remaining();
      dataSegments++;
    }
  }

  ModuleReport.Sizes sizes() {
    return new ModuleReport.Sizes(
        bytes, codeFunctions, codeBytes, largest(), dataSegments, dataBytes, memories, tables);
  }

  private @Nullable FunctionSize largest() {
    return largest < 0
        ? null
        : new FunctionSize(names.getOrDefault(largest, "function " + largest), largestBytes);
  }
}
