package wagi.engine;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import run.endive.compiler.internal.Shaded;
import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.ByteBufferMemory;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.MemoryLimits;

/**
 * Does the same to our memory and to the engine's own, sequence after sequence; ours is reset in
 * between, the engine's is new.
 */
final class MemoryComparison {
  private static final int OPERATIONS_IN_SEQUENCE = 400;
  private static final int SEQUENCES_WITH_ONE_MEMORY = 16;
  private static final int MAX_PAGES = 5;
  private static final int CARD = 4096;
  private static final int PAGE = 65536;

  /** Sizes of the passive segments; the active one comes after. */
  private static final int[] SEGMENTS = {0, 5, CARD + 3};

  private static final int ACTIVE = 3;

  private final SplittableRandom random;
  private final WasmModule module;
  private final MemoryLimits limits;
  private final GuestMemory ours;
  private Memory engines;
  private boolean dropped;
  private String done = "";

  private MemoryComparison(SplittableRandom random) {
    this.random = random;
    int initial = random.nextInt(4);
    limits = new MemoryLimits(initial, initial + random.nextInt(MAX_PAGES - initial));
    module = module(limits);
    ours = new GuestMemory(limits, new MemoryBudget(Long.MAX_VALUE, Long.MAX_VALUE));
    engines = ours;
  }

  /** A memory with an active segment across a card's border, and passive ones. */
  private WasmModule module(MemoryLimits memory) {
    WasmWriter limit =
        new WasmWriter().raw(1).u32(memory.initialPages()).u32(memory.maximumPages());
    byte[] active = bytes(memory.initialPages() == 0 ? 0 : 11);
    int at = memory.initialPages() == 0 ? 0 : PAGE - CARD - 5;
    List<WasmWriter> data = new java.util.ArrayList<>();
    for (int size : SEGMENTS) {
      data.add(new WasmWriter().raw(1).sized(bytes(size)));
    }
    data.add(new WasmWriter().raw(0, 0x41).signed(at).raw(0x0b).sized(active));
    return Parser.parse(WasmWriter.module().section(5, List.of(limit)).section(11, data).toBytes());
  }

  private byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  /**
   * Compares as many operations.
   *
   * @return the first difference, or null if there was none
   */
  static @Nullable String firstDifference(long seed, long operations) {
    SplittableRandom seeds = new SplittableRandom(seed);
    long rest = operations;
    while (rest > 0) {
      MemoryComparison comparison = new MemoryComparison(seeds.split());
      String difference = comparison.compareSequences();
      if (difference != null) {
        return "seed " + seed + ", " + (operations - rest) + " operations before: " + difference;
      }
      rest -= SEQUENCES_WITH_ONE_MEMORY * OPERATIONS_IN_SEQUENCE;
    }
    return null;
  }

  private @Nullable String compareSequences() {
    instantiate(ours);
    MemoryTemplate template = ours.template();
    for (int i = 0; i < SEQUENCES_WITH_ONE_MEMORY; i++) {
      engines = random.nextBoolean() ? new ByteArrayMemory(limits) : new ByteBufferMemory(limits);
      instantiate(engines);
      dropped = false;
      String difference = compareContents("as instantiated, sequence " + i);
      for (int j = 0; j < OPERATIONS_IN_SEQUENCE && difference == null; j++) {
        difference = compareOne();
      }
      if (difference == null) {
        difference = compareContents("after sequence " + i);
      }
      if (difference == null) {
        difference = makeAsNew(template);
      }
      if (difference != null) {
        return "sequence " + i + ": " + difference;
      }
    }
    return null;
  }

  private void instantiate(Memory memory) {
    Instance.builder(module).withMemoryFactory(l -> memory).build();
  }

  /** Resets ours as a pool does, and holds every byte of the array to the template. */
  private @Nullable String makeAsNew(MemoryTemplate template) {
    if (dropped || random.nextInt(4) == 0) {
      ours.zero();
      instantiate(ours);
    } else {
      ours.reset(template);
    }
    byte[] expected = Arrays.copyOf(template.bytes(), ours.array().length);
    int different = Arrays.mismatch(expected, ours.array());
    if (different >= 0) {
      return "byte " + different + " is not reset";
    }
    if (!restoresOnlyWhatWasWritten(template)) {
      return "a reset restores what nobody has written";
    }
    if (ours.pages() != limits.initialPages() || ours.growthRefused() || ours.guest() != null) {
      return ours.pages() + " pages after reset, or refused growth or guest are still known";
    }
    return null;
  }

  /** A byte changed behind the memory's back must stay, or cards are never clean again. */
  private boolean restoresOnlyWhatWasWritten(MemoryTemplate template) {
    ours.reset(template);
    byte[] array = ours.array();
    if (array.length == 0) {
      return true;
    }
    int at = random.nextInt(array.length);
    array[at]++;
    ours.reset(template);
    array[at]--;
    return at >= template.bytes().length ? array[at] == 0 : array[at] == template.bytes()[at];
  }

  private @Nullable String compareContents(String when) {
    if (ours.pages() != engines.pages()) {
      return when + ": " + ours.pages() + " pages, engine " + engines.pages();
    }
    int length = engines.pages() * PAGE;
    int different = Arrays.mismatch(ours.readBytes(0, length), engines.readBytes(0, length));
    return different < 0 ? null : when + ": byte " + different + " differs; last done: " + done;
  }

  private @Nullable String compareOne() {
    return switch (random.nextInt(24)) {
      case 0 -> compareGrowth();
      case 1 -> compareFill();
      case 2 -> compareCopy();
      case 3 -> compareInit();
      case 4 -> compareHostWrite();
      case 5 -> compareHostRead();
      case 6 -> compareHighOffset();
      case 7 -> compareHostAccess();
      default -> compareInstruction();
    };
  }

  private @Nullable String compareInstruction() {
    MemoryInstruction instruction =
        MemoryInstruction.ALL.get(random.nextInt(MemoryInstruction.ALL.size()));
    int address = address();
    int offset = address > 0 && random.nextBoolean() ? random.nextInt(address) : 0;
    int base = address - offset;
    long value = random.nextLong();
    return compare(
        instruction.name() + " " + Integer.toUnsignedString(base) + "+" + offset,
        () -> instruction.ours().run(ours, base, offset, value),
        () -> instruction.engines().run(engines, base, offset, value));
  }

  private @Nullable String compareHostAccess() {
    MemoryInstruction instruction =
        MemoryInstruction.BY_HOST.get(random.nextInt(MemoryInstruction.BY_HOST.size()));
    int address = address();
    long value = random.nextLong();
    return compare(
        "host's " + instruction.name() + " at " + Integer.toUnsignedString(address),
        () -> instruction.ours().run(ours, address, 0, value),
        () -> instruction.engines().run(engines, address, 0, value));
  }

  /**
   * An offset with its high bit set is beyond every memory. The engine wraps it around, so that
   * only ours is asked.
   */
  private @Nullable String compareHighOffset() {
    MemoryInstruction instruction =
        MemoryInstruction.ALL.get(random.nextInt(MemoryInstruction.ALL.size()));
    int base = random.nextBoolean() ? address() : random.nextInt();
    int offset = random.nextInt() | Integer.MIN_VALUE;
    String outcome = outcome(() -> instruction.ours().run(ours, base, offset, -1));
    return outcome.contains("out of bounds memory access")
        ? null
        : instruction.name() + " at offset " + offset + ": " + outcome;
  }

  private @Nullable String compareGrowth() {
    int before = ours.pages();
    int pages = random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(3);
    String difference =
        compare(
            "grow " + pages,
            () -> GuestCode.memoryGrow(pages, ours) * 100L + GuestCode.memoryPages(ours),
            () -> Shaded.memoryGrow(pages, engines) * 100L + Shaded.memoryPages(engines));
    boolean refused = pages != 0 && ours.pages() == before;
    return difference == null && refused && !ours.growthRefused()
        ? "refused growth is not known"
        : difference;
  }

  private @Nullable String compareFill() {
    int at = address();
    int size = size();
    byte value = (byte) random.nextInt();
    return compare(
        "fill " + at + ", " + size,
        () -> run(() -> Shaded.memoryFill(at, value, size, ours)),
        () -> run(() -> Shaded.memoryFill(at, value, size, engines)));
  }

  private @Nullable String compareCopy() {
    int to = address();
    int from = random.nextBoolean() ? address() : to + random.nextInt(-9, 10);
    int size = size();
    return compare(
        "copy to " + to + " from " + from + ", " + size,
        () -> run(() -> Shaded.memoryCopy(to, from, size, ours)),
        () -> run(() -> Shaded.memoryCopy(to, from, size, engines)));
  }

  private @Nullable String compareInit() {
    int segment = random.nextInt(SEGMENTS.length);
    if (random.nextInt(200) == 0) {
      dropped = true;
      ours.drop(segment);
      engines.drop(segment);
    }
    if (!outcome(() -> run(() -> Shaded.memoryInit(0, 0, 1, ACTIVE, ours))).contains("bounds")) {
      return "an active segment is still there";
    }
    int to = address();
    int from = random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(6);
    int size = random.nextBoolean() ? random.nextInt(7) : size();
    return compare(
        "init " + segment + " to " + to + " from " + from + ", " + size,
        () -> run(() -> Shaded.memoryInit(to, from, size, segment, ours)),
        () -> run(() -> Shaded.memoryInit(to, from, size, segment, engines)));
  }

  private @Nullable String compareHostWrite() {
    byte[] data = bytes(random.nextInt(40));
    int at = address();
    return compare(
        "host writes " + data.length + " to " + at,
        () ->
            run(
                () ->
                    System.arraycopy(
                        data, 0, ours.arrayForWriting(at, data.length), at, data.length)),
        () -> run(() -> engines.write(at, data, 0, data.length)));
  }

  private @Nullable String compareHostRead() {
    int at = address();
    int size = random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(CARD + 9);
    String difference =
        compare(
            "host reads " + size + " from " + at,
            () -> Arrays.hashCode(ours.readBytes(at, size)),
            () -> Arrays.hashCode(engines.readBytes(at, size)));
    boolean inside = at >= 0 && size >= 0 && (long) at + size <= engines.pages() * (long) PAGE;
    return difference == null && ours.contains(at, size) != inside
        ? "contains " + at + ", " + size + " is not " + inside
        : difference;
  }

  /** Near the borders of cards, pages, the memory and the address space; or anywhere. */
  private int address() {
    int border =
        switch (random.nextInt(8)) {
          case 0 -> 0;
          case 1, 2 -> CARD * random.nextInt(MAX_PAGES * PAGE / CARD);
          case 3 -> PAGE * random.nextInt(MAX_PAGES + 1);
          case 4 -> engines.pages() * PAGE;
          case 5 -> random.nextInt(MAX_PAGES * PAGE);
          case 6 -> random.nextInt(16) == 0 ? Integer.MIN_VALUE : PAGE;
          default -> random.nextInt(4) == 0 ? random.nextInt() : CARD;
        };
    return border + random.nextInt(-9, 10);
  }

  private int size() {
    return switch (random.nextInt(8)) {
      case 0 -> 0;
      case 1, 2 -> random.nextInt(17);
      case 3 -> CARD + random.nextInt(-9, 10);
      case 4 -> random.nextInt(3 * CARD);
      case 5 -> engines.pages() * PAGE - random.nextInt(0, 10);
      case 6 -> random.nextInt();
      default -> 1;
    };
  }

  private interface Action {
    void run();
  }

  private static long run(Action action) {
    action.run();
    return 0;
  }

  private interface Question {
    long ask();
  }

  private @Nullable String compare(String what, Question ours, Question engines) {
    done = what;
    String outcome = outcome(ours);
    String expected = outcome(engines);
    return outcome.equals(expected) ? null : what + ": " + outcome + ", engine: " + expected;
  }

  private static String outcome(Question question) {
    try {
      return Long.toHexString(question.ask());
    } catch (WasmEngineException e) {
      return e.getClass().getSimpleName() + " " + String.valueOf(e.getMessage()).split(":", 2)[0];
    }
  }
}
