package wagi.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import run.endive.runtime.WasmInterruptedException;

/**
 * What compiled guest code calls for its memory and at every back edge, in place of the compiler's
 * helper class: the memory's class is known here, and the poll is cheap.
 *
 * <p>Public because generated classes of another loader call it; nobody else does.
 */
public final class GuestCode {
  private static final VarHandle CALLED;

  static {
    try {
      CALLED = MethodHandles.lookup().findStaticVarHandle(GuestCode.class, "called", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** How many guests are to stop, or to step back, and have not noticed. */
  @SuppressWarnings("UnusedVariable") // by its handle
  private static int called;

  private GuestCode() {}

  static void callForNotice() {
    CALLED.getAndAdd(1);
  }

  static void noticed() {
    CALLED.getAndAdd(-1);
  }

  /**
   * The poll. An opaque read cannot be moved out of a loop, and costs no more than a plain one;
   * only while some guest has not noticed do all look closer.
   */
  public static void checkInterruption() {
    if ((int) CALLED.getOpaque() != 0) {
      lookCloser();
    }
  }

  private static void lookCloser() {
    if (Thread.currentThread().isInterrupted()) {
      throw new WasmInterruptedException("interrupted");
    }
    Guest guest = Guest.onThisThread();
    if (guest != null) {
      guest.look();
    }
  }

  /** An address beyond the 31 bits that a memory can have becomes one that is refused. */
  private static int address(int base, int offset) {
    return (base | offset) < 0 ? -1 : base + offset;
  }

  public static byte memoryReadByte(int base, int offset, GuestMemory memory) {
    return memory.read(address(base, offset));
  }

  public static short memoryReadShort(int base, int offset, GuestMemory memory) {
    return memory.readShort(address(base, offset));
  }

  public static int memoryReadInt(int base, int offset, GuestMemory memory) {
    return memory.readInt(address(base, offset));
  }

  public static long memoryReadLong(int base, int offset, GuestMemory memory) {
    return memory.readLong(address(base, offset));
  }

  public static float memoryReadFloat(int base, int offset, GuestMemory memory) {
    return memory.readFloat(address(base, offset));
  }

  public static double memoryReadDouble(int base, int offset, GuestMemory memory) {
    return memory.readDouble(address(base, offset));
  }

  public static void memoryWriteByte(int base, byte value, int offset, GuestMemory memory) {
    memory.writeByte(address(base, offset), value);
  }

  public static void memoryWriteShort(int base, short value, int offset, GuestMemory memory) {
    memory.writeShort(address(base, offset), value);
  }

  public static void memoryWriteInt(int base, int value, int offset, GuestMemory memory) {
    memory.writeI32(address(base, offset), value);
  }

  public static void memoryWriteLong(int base, long value, int offset, GuestMemory memory) {
    memory.writeLong(address(base, offset), value);
  }

  public static void memoryWriteFloat(int base, float value, int offset, GuestMemory memory) {
    memory.writeF32(address(base, offset), value);
  }

  public static void memoryWriteDouble(int base, double value, int offset, GuestMemory memory) {
    memory.writeF64(address(base, offset), value);
  }

  public static int memoryGrow(int pages, GuestMemory memory) {
    return memory.grow(pages);
  }

  public static int memoryPages(GuestMemory memory) {
    return memory.pages();
  }
}
