package wagi.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes modules that do by chance everything a module can do to its instance. Each begins a
 * request by telling all that it finds, see {@link TellingHost}.
 */
final class GeneratedGuest {
  static final int ENTRIES = 4;

  private static final int CARD = 4096;
  private static final int PAGE = 65536;

  // Function types.
  private static final int NOTHING = 0;
  private static final int I32_TO_I32 = 1;
  private static final int TAKES_I64 = 2;
  private static final int GIVES_I32 = 3;
  private static final int TAKES_I32 = 4;
  private static final int TAKES_TWO = 5;

  // Functions: the host's, then leaves for calls, then what tells all, then entries.
  private static final int SEE = 0;
  private static final int MEMORY = 1;
  private static final int CHOICE = 2;
  private static final int EXIT = 3;
  private static final int SCRIBBLE = 4;
  private static final int LEAF = 5;
  private static final int LEAVES = 3;
  private static final int TELL = LEAF + LEAVES;

  // Locals of entries.
  private static final int HASH = 0;
  private static final int CHOSEN = 1;
  private static final int COUNTER = 2;

  /** A global that some modules have. */
  private static final int REFERENCE = 3;

  private static final int TABLE_ENTRIES = 6;
  private static final int SEGMENT_BYTES = 40;

  private static final int I32 = 0x7f;
  private static final int I64 = 0x7e;
  private static final int F64 = 0x7c;
  private static final int FUNCREF = 0x70;
  private static final int END = 0x0b;

  private final SplittableRandom random;
  private final int pages;
  private final boolean changesTables;
  private final boolean dropsSegments;
  private final boolean changesReference;
  private WasmWriter code = new WasmWriter();

  private GeneratedGuest(SplittableRandom random) {
    this.random = random;
    pages = random.nextInt(1, 4);
    changesTables = random.nextInt(3) == 0;
    dropsSegments = random.nextInt(3) == 0;
    changesReference = random.nextInt(5) == 0;
  }

  static byte[] write(SplittableRandom random) {
    return new GeneratedGuest(random).module();
  }

  private byte[] module() {
    return WasmWriter.module()
        .section(1, types())
        .section(2, imports())
        .section(3, functions())
        .section(4, List.of(new WasmWriter().raw(FUNCREF, 1, TABLE_ENTRIES, 2 * TABLE_ENTRIES)))
        .section(5, List.of(new WasmWriter().raw(1).u32(pages).u32(pages + 4)))
        .section(6, globals())
        .section(7, exports())
        .section(9, elements())
        .raw(12, 1, 3)
        .section(10, bodies())
        .section(11, data())
        .toBytes();
  }

  private static List<WasmWriter> types() {
    return List.of(
        new WasmWriter().raw(0x60, 0, 0),
        new WasmWriter().raw(0x60, 1, I32, 1, I32),
        new WasmWriter().raw(0x60, 1, I64, 0),
        new WasmWriter().raw(0x60, 0, 1, I32),
        new WasmWriter().raw(0x60, 1, I32, 0),
        new WasmWriter().raw(0x60, 2, I32, I32, 0));
  }

  private static List<WasmWriter> imports() {
    return List.of(
        imported("see", TAKES_I64),
        imported("memory", NOTHING),
        imported("choice", GIVES_I32),
        imported("exit", TAKES_I32),
        imported("scribble", TAKES_TWO));
  }

  private static WasmWriter imported(String name, int type) {
    return new WasmWriter().name(TellingHost.NAME).name(name).raw(0, type);
  }

  private static List<WasmWriter> functions() {
    List<WasmWriter> functions = new ArrayList<>();
    for (int i = 0; i < LEAVES; i++) {
      functions.add(new WasmWriter().raw(I32_TO_I32));
    }
    for (int i = 0; i < 1 + ENTRIES; i++) {
      functions.add(new WasmWriter().raw(NOTHING));
    }
    return functions;
  }

  private List<WasmWriter> globals() {
    List<WasmWriter> globals = new ArrayList<>();
    if (changesReference) {
      globals.add(new WasmWriter().raw(FUNCREF, 1, 0xd0, FUNCREF, END));
    }
    globals.addAll(0, numbers());
    return globals;
  }

  private List<WasmWriter> numbers() {
    return List.of(
        new WasmWriter().raw(I32, 1, 0x41).signed(random.nextInt()).raw(END),
        new WasmWriter().raw(I64, 1, 0x42).signed(random.nextLong()).raw(END),
        new WasmWriter().raw(F64, 1, 0x44, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f).raw(END));
  }

  private static List<WasmWriter> exports() {
    List<WasmWriter> exports = new ArrayList<>();
    for (int i = 0; i < ENTRIES; i++) {
      exports.add(new WasmWriter().name("entry" + i).raw(0, TELL + 1 + i));
    }
    return exports;
  }

  /** An active segment and a passive one. */
  private static List<WasmWriter> elements() {
    return List.of(
        new WasmWriter().raw(0, 0x41, 1, END, LEAVES, LEAF, LEAF + 1, LEAF + 2),
        new WasmWriter().raw(1, 0, 2, LEAF + 2, LEAF));
  }

  private List<WasmWriter> data() {
    byte[] bytes = new byte[SEGMENT_BYTES];
    random.nextBytes(bytes);
    return List.of(
        new WasmWriter().raw(0, 0x41).signed(CARD - 7).raw(END).sized(bytes),
        new WasmWriter().raw(1).sized(bytes),
        new WasmWriter().raw(1).sized(bytes));
  }

  private List<WasmWriter> bodies() {
    List<WasmWriter> bodies = new ArrayList<>();
    for (int i = 0; i < LEAVES; i++) {
      bodies.add(leaf());
    }
    bodies.add(tell());
    for (int i = 0; i < ENTRIES; i++) {
      bodies.add(entry());
    }
    return bodies;
  }

  private static WasmWriter body(WasmWriter body) {
    return new WasmWriter().sized(body.raw(END).toBytes());
  }

  private WasmWriter leaf() {
    code = new WasmWriter().raw(0);
    code.raw(0x41).signed(address()).raw(0x20, 0, 0x36, 0, 0);
    code.raw(0x23, 0, 0x20, 0, 0x6a).raw(0x41).signed(random.nextInt()).raw(0x73);
    return body(code);
  }

  private WasmWriter tell() {
    code = new WasmWriter().raw(0);
    code.raw(0x10, MEMORY);
    see(0x23, 0, 0xad);
    see(0x23, 1);
    see(0x23, 2, 0xbd);
    see(0xfc, 0x10, 0, 0xad);
    if (changesReference) {
      see(0x23, REFERENCE, 0xd1, 0xad);
    }
    for (int i = 0; i < TABLE_ENTRIES; i++) {
      // Null, or what the function there makes of a number.
      code.raw(0x41, i, 0x25, 0, 0xd1, 0x04, 0x40);
      see(0x42, 1);
      code.raw(0x05);
      see(0x41, 7, 0x41, i, 0x11, I32_TO_I32, 0, 0xad);
      code.raw(END);
    }
    if (dropsSegments) {
      code.raw(0x41, 0, 0x41, 0, 0x41, SEGMENT_BYTES, 0xfc, 0x08, 1, 0);
    }
    if (changesTables && dropsSegments) {
      code.raw(0x41, 4, 0x41, 0, 0x41, 2, 0xfc, 0x0c, 1, 0);
    }
    return body(code);
  }

  private void see(int... value) {
    code.raw(value).raw(0x10, SEE);
  }

  private WasmWriter entry() {
    code = new WasmWriter().raw(2, 1, I64, 2, I32);
    code.raw(0x10, TELL, 0x10, CHOICE, 0x21, CHOSEN);
    statements(random.nextInt(3, 14), 0);
    code.raw(0x10, MEMORY, 0x20, HASH, 0x10, SEE);
    return body(code);
  }

  private void statements(int count, int depth) {
    for (int i = 0; i < count; i++) {
      statement(depth);
    }
  }

  private void statement(int depth) {
    switch (random.nextInt(depth < 3 ? 14 : 11)) {
      case 0, 1, 2 -> store();
      case 3 -> load();
      case 4 -> code.raw(0x41, random.nextInt(3), 0x40, 0).raw(mixI32());
      case 5 -> setGlobal();
      case 6 -> call();
      case 7 -> bulk();
      case 8 -> table();
      case 9 -> drop();
      case 10 -> code.raw(0x41).signed(address()).raw(0x41, random.nextInt(60), 0x10, SCRIBBLE);
      case 11 -> loop(depth);
      case 12 -> chosen(() -> statements(random.nextInt(1, 5), depth + 1), random.nextInt(1, 8));
      default -> chosen(this::end, 15 << 4);
    }
  }

  /** Does it in every request whose choice has none of these bits. */
  private void chosen(Runnable inside, int bits) {
    code.raw(0x20, CHOSEN, 0x41).signed(bits).raw(0x71, 0x45, 0x04, 0x40);
    inside.run();
    code.raw(END);
  }

  private void end() {
    switch (random.nextInt(6)) {
      case 0 -> code.raw(0x00);
      case 1 -> code.raw(0x0f);
      case 2, 3 -> code.raw(0x41, random.nextInt(60), 0x10, EXIT);
      case 4 -> code.raw(0x41, 1, 0x41, 0, 0x6d, 0x1a);
      default -> code.raw(0x41).signed(random.nextInt()).raw(0x28, 0, 0, 0x1a);
    }
  }

  private void loop(int depth) {
    // One counter for all: a loop inside another ends both early or late, but both end.
    int times = random.nextInt(1, 6);
    if (depth > 0) {
      return;
    }
    code.raw(0x41, times, 0x21, COUNTER, 0x03, 0x40);
    code.raw(0x20, COUNTER, 0x41).signed(CARD).raw(0x6c, 0x41).signed(random.nextInt(-8, 8));
    code.raw(0x6a, 0x20, HASH, 0x37, 0, 0);
    statements(2, depth + 1);
    code.raw(0x20, COUNTER, 0x41, 1, 0x6b, 0x22, COUNTER, 0x0d, 0, END);
  }

  /** An address near a border of a card, seldom beyond the memory. */
  private int address() {
    if (random.nextInt(200) == 0) {
      return random.nextInt();
    }
    int border = CARD * random.nextInt(1, pages * PAGE / CARD);
    return border + random.nextInt(-8, 9);
  }

  /** Leaves an address on the stack: a known one, or one in the last page there is. */
  private void pushAddress() {
    if (random.nextInt(3) > 0) {
      code.raw(0x41).signed(address());
      return;
    }
    int inPage = random.nextInt(4) == 0 ? PAGE - 8 : random.nextInt(PAGE - 8);
    code.raw(0x3f, 0, 0x41, 1, 0x6b, 0x41, 16, 0x74, 0x41).signed(inPage).raw(0x6a);
  }

  private void store() {
    pushAddress();
    int opcode = random.nextInt(0x36, 0x3f);
    switch (opcode) {
      case 0x37, 0x3c, 0x3d, 0x3e -> code.raw(0x20, HASH, 0x42, 0x7f, 0x85);
      case 0x38 -> code.raw(0x20, CHOSEN, 0xbe);
      case 0x39 -> code.raw(0x20, HASH, 0xbf);
      default -> code.raw(0x20, CHOSEN, 0x41, 0x7f, 0x73);
    }
    code.raw(opcode, 0).u32(random.nextInt(50) == 0 ? random.nextInt() >>> 1 : 0);
  }

  private void load() {
    pushAddress();
    int opcode = random.nextInt(0x28, 0x36);
    code.raw(opcode, 0).u32(random.nextInt(50) == 0 ? random.nextInt() >>> 1 : 0);
    switch (opcode) {
      case 0x2a -> code.raw(0xbc).raw(mixI32());
      case 0x2b -> code.raw(0xbd).raw(mix());
      case 0x29, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35 -> code.raw(mix());
      default -> code.raw(mixI32());
    }
  }

  /** Takes a number from the stack into the hash. */
  private static int[] mix() {
    return new int[] {0x20, HASH, 0x42, 31, 0x7e, 0x7c, 0x21, HASH};
  }

  private static int[] mixI32() {
    return new int[] {0xad, 0x20, HASH, 0x42, 31, 0x7e, 0x7c, 0x21, HASH};
  }

  private void setGlobal() {
    switch (random.nextInt(changesReference ? 4 : 3)) {
      case 0 -> code.raw(0x20, CHOSEN, 0x24, 0);
      case 1 -> code.raw(0x20, HASH, 0x42, 5, 0x7d, 0x24, 1);
      case 2 -> code.raw(0x20, HASH, 0xbf, 0x24, 2);
      default -> code.raw(0xd2, LEAF, 0x24, REFERENCE);
    }
  }

  private void call() {
    code.raw(0x20, CHOSEN);
    if (random.nextBoolean()) {
      code.raw(0x10, LEAF + random.nextInt(LEAVES));
    } else {
      int entry = random.nextInt(20) == 0 ? random.nextInt(8) : random.nextInt(1, 1 + LEAVES);
      code.raw(0x41, entry, 0x11, I32_TO_I32, 0);
    }
    code.raw(mixI32());
  }

  private void bulk() {
    int size = random.nextInt(4) == 0 ? random.nextInt(CARD + 9) : random.nextInt(17);
    int kind = random.nextInt(3);
    code.raw(0x41).signed(address());
    switch (kind) {
      case 0 -> code.raw(0x20, CHOSEN, 0x41).signed(size).raw(0xfc, 0x0b, 0);
      case 1 -> code.raw(0x41).signed(address()).raw(0x41).signed(size).raw(0xfc, 0x0a, 0, 0);
      default -> code.raw(0x41, 3, 0x41).signed(size % SEGMENT_BYTES - 3).raw(0xfc, 0x08, 2, 0);
    }
  }

  private void table() {
    if (!changesTables) {
      code.raw(0xfc, 0x10, 0).raw(mixI32());
      return;
    }
    int entry = random.nextInt(TABLE_ENTRIES);
    int[] reference = random.nextBoolean() ? new int[] {0xd0, FUNCREF} : new int[] {0xd2, LEAF + 1};
    switch (random.nextInt(5)) {
      case 0 -> code.raw(0x41, entry).raw(reference).raw(0x26, 0);
      case 1 -> code.raw(reference).raw(0x41, 2, 0xfc, 0x0f, 0).raw(mixI32());
      case 2 -> code.raw(0x41, entry).raw(reference).raw(0x41, 1, 0xfc, 0x11, 0);
      case 3 -> code.raw(0x41, 3, 0x41, entry, 0x41, 2, 0xfc, 0x0e, 0, 0);
      default -> code.raw(0x41, entry, 0x41, 0, 0x41, 1, 0xfc, 0x0c, 1, 0);
    }
  }

  private void drop() {
    if (!dropsSegments) {
      code.raw(0x3f, 0).raw(mixI32());
    } else if (random.nextBoolean()) {
      code.raw(0xfc, 0x09, random.nextInt(1, 3));
    } else {
      code.raw(0xfc, 0x0d, 1);
    }
  }
}
