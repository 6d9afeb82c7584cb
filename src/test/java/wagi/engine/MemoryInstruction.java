package wagi.engine;

import java.util.List;
import run.endive.compiler.internal.Shaded;
import run.endive.runtime.Memory;

/** What the generated code calls for one instruction, on our memory and on the engine's. */
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

  private interface Store<M extends Memory> {
    void run(M memory, int base, int offset, long value);
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
