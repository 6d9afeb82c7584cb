package wagi.engine;

import java.util.List;
import run.endive.compiler.internal.Shaded;
import run.endive.runtime.Memory;

/**
 * What generated code or a host function calls for one access, on our memory and on the engine's.
 */
record MemoryInstruction(
    String name,
    MemoryInstruction.Access<GuestMemory> ours,
    MemoryInstruction.Access<Memory> engines) {
  interface Access<M extends Memory> {
    long run(M memory, int base, int offset, long value);
  }

  static final List<MemoryInstruction> ALL =
      List.of(
          new MemoryInstruction(
              "load8",
              (m, b, o, v) -> GuestCode.memoryReadByte(b, o, m),
              (m, b, o, v) -> Shaded.memoryReadByte(b, o, m)),
          new MemoryInstruction(
              "load16",
              (m, b, o, v) -> GuestCode.memoryReadShort(b, o, m),
              (m, b, o, v) -> Shaded.memoryReadShort(b, o, m)),
          new MemoryInstruction(
              "load32",
              (m, b, o, v) -> GuestCode.memoryReadInt(b, o, m),
              (m, b, o, v) -> Shaded.memoryReadInt(b, o, m)),
          new MemoryInstruction(
              "load64",
              (m, b, o, v) -> GuestCode.memoryReadLong(b, o, m),
              (m, b, o, v) -> Shaded.memoryReadLong(b, o, m)),
          new MemoryInstruction(
              "f32.load",
              (m, b, o, v) -> Float.floatToRawIntBits(GuestCode.memoryReadFloat(b, o, m)),
              (m, b, o, v) -> Float.floatToRawIntBits(Shaded.memoryReadFloat(b, o, m))),
          new MemoryInstruction(
              "f64.load",
              (m, b, o, v) -> Double.doubleToRawLongBits(GuestCode.memoryReadDouble(b, o, m)),
              (m, b, o, v) -> Double.doubleToRawLongBits(Shaded.memoryReadDouble(b, o, m))),
          store(
              "store8",
              (m, b, o, v) -> GuestCode.memoryWriteByte(b, (byte) v, o, m),
              (m, b, o, v) -> Shaded.memoryWriteByte(b, (byte) v, o, m)),
          store(
              "store16",
              (m, b, o, v) -> GuestCode.memoryWriteShort(b, (short) v, o, m),
              (m, b, o, v) -> Shaded.memoryWriteShort(b, (short) v, o, m)),
          store(
              "store32",
              (m, b, o, v) -> GuestCode.memoryWriteInt(b, (int) v, o, m),
              (m, b, o, v) -> Shaded.memoryWriteInt(b, (int) v, o, m)),
          store(
              "store64",
              (m, b, o, v) -> GuestCode.memoryWriteLong(b, v, o, m),
              (m, b, o, v) -> Shaded.memoryWriteLong(b, v, o, m)),
          store(
              "f32.store",
              (m, b, o, v) -> GuestCode.memoryWriteFloat(b, Float.intBitsToFloat((int) v), o, m),
              (m, b, o, v) -> Shaded.memoryWriteFloat(b, Float.intBitsToFloat((int) v), o, m)),
          store(
              "f64.store",
              (m, b, o, v) -> GuestCode.memoryWriteDouble(b, Double.longBitsToDouble(v), o, m),
              (m, b, o, v) -> Shaded.memoryWriteDouble(b, Double.longBitsToDouble(v), o, m)));

  /** These know no offset. */
  static final List<MemoryInstruction> BY_HOST =
      List.of(
          byHost("read", (m, b, o, v) -> m.read(b)),
          byHost("readShort", (m, b, o, v) -> m.readShort(b)),
          byHost("readInt", (m, b, o, v) -> m.readInt(b)),
          byHost("readLong", (m, b, o, v) -> m.readLong(b)),
          byHost("writeByte", stored((m, b, o, v) -> m.writeByte(b, (byte) v))),
          byHost("writeShort", stored((m, b, o, v) -> m.writeShort(b, (short) v))),
          byHost("writeI32", stored((m, b, o, v) -> m.writeI32(b, (int) v))),
          byHost("writeLong", stored((m, b, o, v) -> m.writeLong(b, v))));

  private interface Store<M extends Memory> {
    void run(M memory, int base, int offset, long value);
  }

  private static MemoryInstruction byHost(String name, Access<Memory> access) {
    return new MemoryInstruction(name, access::run, access);
  }

  private static MemoryInstruction store(
      String name, Store<GuestMemory> ours, Store<Memory> engines) {
    return new MemoryInstruction(name, stored(ours), stored(engines));
  }

  private static <M extends Memory> Access<M> stored(Store<M> store) {
    return (memory, base, offset, value) -> {
      store.run(memory, base, offset, value);
      return 0;
    };
  }
}
