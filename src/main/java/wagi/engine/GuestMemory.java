package wagi.engine;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.runtime.WasmRuntimeException;
import run.endive.wasm.types.DataSegment;
import run.endive.wasm.types.MemoryLimits;

/**
 * Linear memory as one flat array, every access checked against the exact limit.
 *
 * <p>It belongs to one guest thread. The guest that uses it hangs on it, so that host functions
 * need no other way to find their request.
 */
@SuppressWarnings("removal") // the interface still demands methods it has deprecated
public final class GuestMemory implements UnsharedMemory {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);

  /** A card is 4 KiB. */
  static final int CARD_SHIFT = 12;

  /** A store marks the card of its first byte and may reach this far into the next. */
  private static final int STORE_REACH = 8;

  private static final int CARDS_AT_ONCE = 8;

  /** A poll is as dear as writing so much. */
  private static final int POLL_SHIFT = 10;

  private static final byte[] NOTHING = {};

  private final MemoryLimits limits;
  private final MemoryTemplate blank;
  private final MemoryRoom room;
  byte[] bytes;

  /** Not 0 where something was written since the last reset; as many as make whole longs. */
  byte[] cards;

  /** Bytes that exist for the guest; the array may be longer, and is zero beyond. */
  int limit;

  /** Counts back edges of the guest's loops. */
  int pollsToLook;

  private @Nullable Guest guest;
  private final DataSegments segments = new DataSegments();
  private boolean growthRefused;

  /** Begins empty; what it begins with counts in the budget already. */
  GuestMemory(MemoryLimits limits, MemoryBudget budget) {
    this.limits = limits;
    room = new MemoryRoom(budget);
    limit = Memory.bytes(limits.initialPages());
    blank = MemoryTemplate.blank(limit);
    bytes = room.first(limit);
    cards = new byte[cardsFor(bytes.length)];
  }

  static int cardsFor(int capacity) {
    return ((capacity >>> CARD_SHIFT) / CARDS_AT_ONCE + 1) * CARDS_AT_ONCE;
  }

  /** Returns what the memory holds now, to reset it to. */
  MemoryTemplate template() {
    return MemoryTemplate.of(bytes, limit);
  }

  /** Makes everything as the template has it, whatever was written since. */
  void reset(MemoryTemplate template) {
    int count = (limit >>> CARD_SHIFT) + 1;
    for (int i = 0; i < count; i += CARDS_AT_ONCE) {
      if ((long) LONG.get(cards, i) != 0) {
        restoreDirty(i, template);
        LONG.set(cards, i, 0L);
      }
    }
    limit = template.limit();
    growthRefused = false;
    guest = null;
  }

  private void restoreDirty(int first, MemoryTemplate template) {
    for (int card = first; card < first + CARDS_AT_ONCE; card++) {
      if (cards[card] != 0) {
        int from = card << CARD_SHIFT;
        int to = (int) Math.min(limit, ((card + 1L) << CARD_SHIFT) + STORE_REACH);
        template.restore(bytes, from, to);
      }
    }
  }

  /** Returns the bytes that this memory keeps, whatever its limit. */
  long capacity() {
    return bytes.length;
  }

  private void mark(int from, int size) {
    if (size > 0) {
      // What takes as long as many rounds of a loop counts as many.
      pollsToLook = Math.max(0, pollsToLook) - (size >>> POLL_SHIFT);
      Arrays.fill(cards, from >>> CARD_SHIFT, ((from + size - 1) >>> CARD_SHIFT) + 1, (byte) 1);
    }
  }

  void attach(@Nullable Guest newGuest) {
    guest = newGuest;
  }

  @Nullable Guest guest() {
    return guest;
  }

  boolean growthRefused() {
    return growthRefused;
  }

  /** Returns whether the range lies inside the memory; both may be any 32 bits. */
  public boolean contains(int address, int length) {
    return address >= 0 && length >= 0 && address <= limit - length;
  }

  /** Returns the array behind the memory, to read ranges that {@link #contains} has allowed. */
  public byte[] array() {
    return bytes;
  }

  /** Returns the array behind the memory, to write to this range of it. */
  public byte[] arrayForWriting(int address, int length) {
    check(address, length);
    mark(address, length);
    return bytes;
  }

  private void check(int address, int size) {
    if (address < 0 || size < 0 || address > limit - size) {
      throw outOfBounds(Integer.toUnsignedLong(address), Integer.toUnsignedLong(size));
    }
  }

  WasmRuntimeException outOfBounds(int base, int offset, int size) {
    return outOfBounds(Integer.toUnsignedLong(base) + Integer.toUnsignedLong(offset), size);
  }

  private WasmRuntimeException outOfBounds(long address, long size) {
    return new WasmRuntimeException(
        "out of bounds memory access: %d bytes at %d, memory has %d"
            .formatted(size, address, limit));
  }

  @Override
  public int pages() {
    return limit / PAGE_SIZE;
  }

  @Override
  public int grow(int pages) {
    int before = pages();
    if (pages < 0 || pages > maximumPages() - before) {
      return refuse(Bound.MEMORY, !isOwnMaximum());
    }
    int wanted = limit + Memory.bytes(pages);
    Bound refused = wanted > bytes.length ? room.enlarge(this, wanted) : null;
    if (refused != null) {
      // Interrupted, it waited for its turn to grow and is to end.
      return refuse(refused, !Thread.currentThread().isInterrupted());
    }
    limit = wanted;
    return before;
  }

  /** Ends this memory: another may get its array. */
  void discard() {
    room.takeBack(this);
    limit = 0;
    bytes = NOTHING;
  }

  private int refuse(Bound bound, boolean forBound) {
    growthRefused = true;
    if (guest != null && forBound) {
      guest.heldTo(bound);
    }
    return -1;
  }

  /** Whether the module asks for less than its limit allows. */
  private boolean isOwnMaximum() {
    return guest != null && maximumPages() < guest.limits().memoryBytes() / PAGE_SIZE;
  }

  @Override
  public int initialPages() {
    return limits.initialPages();
  }

  @Override
  public int maximumPages() {
    return Math.min(limits.maximumPages(), RUNTIME_MAX_PAGES);
  }

  @Override
  public void initialize(Instance instance, DataSegment[] dataSegments, int memoryIndex) {
    segments.place(instance, dataSegments, this, memoryIndex);
  }

  @Override
  public void initPassiveSegment(int segment, int address, int offset, int size) {
    write(address, segments.data(segment), offset, size);
  }

  @Override
  public void drop(int segment) {
    segments.drop(segment);
  }

  @Override
  public void write(int address, byte[] data, int offset, int size) {
    if (offset < 0 || size < 0 || offset > data.length - size) {
      throw new WasmRuntimeException("out of bounds memory access: data segment");
    }
    check(address, size);
    mark(address, size);
    System.arraycopy(data, offset, bytes, address, size);
  }

  @Override
  public byte[] readBytes(int address, int length) {
    check(address, length);
    return Arrays.copyOfRange(bytes, address, address + length);
  }

  @Override
  public byte read(int address) {
    return GuestCode.memoryReadByte(address, 0, this);
  }

  @Override
  public void writeByte(int address, byte value) {
    GuestCode.memoryWriteByte(address, value, 0, this);
  }

  @Override
  public short readShort(int address) {
    return GuestCode.memoryReadShort(address, 0, this);
  }

  @Override
  public void writeShort(int address, short value) {
    GuestCode.memoryWriteShort(address, value, 0, this);
  }

  @Override
  public int readInt(int address) {
    return GuestCode.memoryReadInt(address, 0, this);
  }

  @Override
  public void writeI32(int address, int value) {
    GuestCode.memoryWriteInt(address, value, 0, this);
  }

  @Override
  public long readLong(int address) {
    return GuestCode.memoryReadLong(address, 0, this);
  }

  @Override
  public void writeLong(int address, long value) {
    GuestCode.memoryWriteLong(address, value, 0, this);
  }

  @Override
  public void zero() {
    reset(blank);
  }

  @Override
  public void fill(byte value, int from, int to) {
    check(from, to - from);
    mark(from, to - from);
    Arrays.fill(bytes, from, to, value);
  }

  @Override
  public void copy(int to, int from, int size) {
    check(from, size);
    check(to, size);
    mark(to, size);
    System.arraycopy(bytes, from, bytes, to, size);
  }
}
