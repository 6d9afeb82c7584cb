package wagi.engine;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.GlobalInstance;
import run.endive.runtime.Instance;
import run.endive.runtime.TableInstance;
import run.endive.runtime.WasmInterruptedException;

/**
 * What compiled guest code calls for its memory and at every back edge, in place of the compiler's
 * helper class: the memory's class is known here, and the poll is cheap.
 *
 * <p>Each access is one method, of more than 35 bytes of code. The JVM's quick compiler does not
 * inline what is larger, and so copes with functions of thousands of accesses; the optimizing one
 * inlines it where it is hot, and spends half of what a call of a call of a call would take.
 *
 * <p>Public because generated classes of another loader call it; nobody else does.
 */
public final class GuestCode {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);
  private static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, LITTLE_ENDIAN);
  private static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, LITTLE_ENDIAN);

  /** Some microseconds of a tight loop. */
  private static final int POLLS_TO_LOOK = 1000;

  // An instance asks for imported ones first, each time; here there are none.
  private static final VarHandle GLOBALS;
  private static final VarHandle TABLES;

  static {
    try {
      MethodHandles.Lookup here = MethodHandles.lookup();
      MethodHandles.Lookup instance = MethodHandles.privateLookupIn(Instance.class, here);
      GLOBALS = instance.findVarHandle(Instance.class, "globals", GlobalInstance[].class);
      TABLES = instance.findVarHandle(Instance.class, "tables", TableInstance[].class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private GuestCode() {}

  /**
   * The poll at every back edge: counts, and looks up now and then. The count stays with the guest,
   * so that no nest of short loops escapes it.
   *
   * <p>A flag to read instead would be as cheap, but not enough. The optimizing compiler leaves out
   * its own polls in loops that it can count, and a loop that never pauses for the collector stops
   * the whole server, the thread included that would end it.
   */
  public static void checkInterruption(@Nullable GuestMemory memory) {
    if (memory == null || --memory.pollsToLook < 0) {
      lookUp(memory);
    }
  }

  /** The poll of code that has no memory at hand. */
  public static void checkInterruption() {
    lookUp(null);
  }

  private static void lookUp(@Nullable GuestMemory memory) {
    if (memory != null) {
      memory.pollsToLook = POLLS_TO_LOOK;
    }
    letTheJvmStop();
    if (Thread.currentThread().isInterrupted()) {
      throw new WasmInterruptedException("interrupted");
    }
    Guest guest = Guest.onThisThread();
    if (guest != null) {
      guest.look();
    }
  }

  /** For loops that the optimizing compiler could count. */
  static void letTheJvmStop() {
    // A native method, whose name matters little: no compiler inlines it, so the JVM can stop here.
    Thread.holdsLock(GuestCode.class);
  }

  public static byte memoryReadByte(int base, int offset, GuestMemory memory) {
    int address = base + offset;
    if ((base | offset | address) < 0 || address > memory.limit - 1) {
      throw memory.outOfBounds(base, offset, 1);
    }
    return memory.bytes[address];
  }

  public static short memoryReadShort(int base, int offset, GuestMemory memory) {
    int address = base + offset;
    if ((base | offset | address) < 0 || address > memory.limit - 2) {
      throw memory.outOfBounds(base, offset, 2);
    }
    return (short) SHORT.get(memory.bytes, address);
  }

  public static int memoryReadInt(int base, int offset, GuestMemory memory) {
    int address = base + offset;
    if ((base | offset | address) < 0 || address > memory.limit - 4) {
      throw memory.outOfBounds(base, offset, 4);
    }
    return (int) INT.get(memory.bytes, address);
  }

  public static long memoryReadLong(int base, int offset, GuestMemory memory) {
    int address = base + offset;
    if ((base | offset | address) < 0 || address > memory.limit - 8) {
      throw memory.outOfBounds(base, offset, 8);
    }
    return (long) LONG.get(memory.bytes, address);
  }

  public static float memoryReadFloat(int base, int offset, GuestMemory memory) {
    int address = base + offset;
    if ((base | offset | address) < 0 || address > memory.limit - 4) {
      throw memory.outOfBounds(base, offset, 4);
    }
    return (float) FLOAT.get(memory.bytes, address);
  }

  public static double memoryReadDouble(int base, int offset, GuestMemory memory) {
    int address = base + offset;
    if ((base | offset | address) < 0 || address > memory.limit - 8) {
      throw memory.outOfBounds(base, offset, 8);
    }
    return (double) DOUBLE.get(memory.bytes, address);
  }

  public static void memoryWriteByte(int base, byte value, int offset, GuestMemory memory) {
    int address = base + offset;
    if ((base | offset | address) < 0 || address > memory.limit - 1) {
      throw memory.outOfBounds(base, offset, 1);
    }
    memory.bytes[address] = value;
    memory.cards[address >>> GuestMemory.CARD_SHIFT] = 1;
  }

  public static void memoryWriteShort(int base, short value, int offset, GuestMemory memory) {
    int address = base + offset;
    if ((base | offset | address) < 0 || address > memory.limit - 2) {
      throw memory.outOfBounds(base, offset, 2);
    }
    SHORT.set(memory.bytes, address, value);
    memory.cards[address >>> GuestMemory.CARD_SHIFT] = 1;
  }

  public static void memoryWriteInt(int base, int value, int offset, GuestMemory memory) {
    int address = base + offset;
    if ((base | offset | address) < 0 || address > memory.limit - 4) {
      throw memory.outOfBounds(base, offset, 4);
    }
    INT.set(memory.bytes, address, value);
    memory.cards[address >>> GuestMemory.CARD_SHIFT] = 1;
  }

  public static void memoryWriteLong(int base, long value, int offset, GuestMemory memory) {
    int address = base + offset;
    if ((base | offset | address) < 0 || address > memory.limit - 8) {
      throw memory.outOfBounds(base, offset, 8);
    }
    LONG.set(memory.bytes, address, value);
    memory.cards[address >>> GuestMemory.CARD_SHIFT] = 1;
  }

  public static void memoryWriteFloat(int base, float value, int offset, GuestMemory memory) {
    int address = base + offset;
    if ((base | offset | address) < 0 || address > memory.limit - 4) {
      throw memory.outOfBounds(base, offset, 4);
    }
    FLOAT.set(memory.bytes, address, value);
    memory.cards[address >>> GuestMemory.CARD_SHIFT] = 1;
  }

  public static void memoryWriteDouble(int base, double value, int offset, GuestMemory memory) {
    int address = base + offset;
    if ((base | offset | address) < 0 || address > memory.limit - 8) {
      throw memory.outOfBounds(base, offset, 8);
    }
    DOUBLE.set(memory.bytes, address, value);
    memory.cards[address >>> GuestMemory.CARD_SHIFT] = 1;
  }

  public static long readGlobal(int index, Instance instance) {
    return ((GlobalInstance[]) GLOBALS.get(instance))[index].getValue();
  }

  public static void writeGlobal(long value, int index, Instance instance) {
    ((GlobalInstance[]) GLOBALS.get(instance))[index].setValue(value);
  }

  public static TableInstance table(Instance instance, int index) {
    return ((TableInstance[]) TABLES.get(instance))[index];
  }

  public static int memoryGrow(int pages, GuestMemory memory) {
    return memory.grow(pages);
  }

  public static int memoryPages(GuestMemory memory) {
    return memory.pages();
  }
}
