package wagi.engine;

import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.runtime.TrapException;
import run.endive.wasm.types.DataSegment;

/**
 * What follows from the other operations for a memory of one thread: floating point numbers are
 * their bits, nobody else is locked out or waits.
 */
@SuppressWarnings("removal") // the interface still demands methods it has deprecated
interface UnsharedMemory extends Memory {
  @Override
  default void initialize(Instance instance, DataSegment[] dataSegments) {
    initialize(instance, dataSegments, 0);
  }

  @Override
  default long readU16(int address) {
    return Short.toUnsignedLong(readShort(address));
  }

  @Override
  default float readFloat(int address) {
    return Float.intBitsToFloat(readInt(address));
  }

  @Override
  default long readF32(int address) {
    return readInt(address);
  }

  @Override
  default void writeF32(int address, float value) {
    writeI32(address, Float.floatToRawIntBits(value));
  }

  @Override
  default double readDouble(int address) {
    return Double.longBitsToDouble(readLong(address));
  }

  @Override
  default long readF64(int address) {
    return readLong(address);
  }

  @Override
  default void writeF64(int address, double value) {
    writeLong(address, Double.doubleToRawLongBits(value));
  }

  @Override
  default boolean shared() {
    return false;
  }

  @Override
  default Object lock(int address) {
    return this;
  }

  @Override
  default int waitOn(int address, int expected, long timeout) {
    throw new TrapException("expected shared memory");
  }

  @Override
  default int waitOn(int address, long expected, long timeout) {
    throw new TrapException("expected shared memory");
  }

  /** Nobody waits; the address must be one all the same. */
  @Override
  default int notify(int address, int count) {
    readInt(address);
    return 0;
  }
}
