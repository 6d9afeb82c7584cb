package wagi.wasi;

import static run.endive.wasm.types.ValType.I32;
import static run.endive.wasm.types.ValType.I64;

import java.time.Instant;
import java.util.List;
import wagi.engine.Guest;
import wagi.engine.HostFunction;

/** {@code clock_*}: two clocks; a guest has no CPU-time clock, its thread serves others too. */
final class ClockFunctions {
  static final List<HostFunction> ALL =
      List.of(
          Syscall.function("clock_res_get", ClockFunctions::resGet, I32, I32),
          Syscall.function("clock_time_get", ClockFunctions::timeGet, I32, I64, I32));

  static final int REALTIME = 0;
  static final int MONOTONIC = 1;
  private static final int PROCESS_CPUTIME = 2;
  private static final int THREAD_CPUTIME = 3;
  private static final long RESOLUTION_NANOS = 1;

  // System.nanoTime may start anywhere, below zero too; guests expect a positive number.
  private static final long ORIGIN = System.nanoTime() - 1;

  private ClockFunctions() {}

  private static Errno resGet(Guest guest, long[] a) throws ErrnoException {
    Bounds.check(guest.memory(), (int) a[1], 8);
    checkExists((int) a[0]);
    guest.memory().writeLong((int) a[1], RESOLUTION_NANOS);
    return Errno.ESUCCESS;
  }

  private static Errno timeGet(Guest guest, long[] a) throws ErrnoException {
    Bounds.check(guest.memory(), (int) a[2], 8);
    guest.memory().writeLong((int) a[2], now((int) a[0]));
    return Errno.ESUCCESS;
  }

  /** Returns a clock's time in nanoseconds. */
  static long now(int clock) throws ErrnoException {
    checkExists(clock);
    if (clock == MONOTONIC) {
      return System.nanoTime() - ORIGIN;
    }
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  private static void checkExists(int clock) throws ErrnoException {
    switch (clock) {
      case REALTIME, MONOTONIC -> {}
      case PROCESS_CPUTIME, THREAD_CPUTIME -> throw new ErrnoException(Errno.ENOTSUP);
      default -> throw new ErrnoException(Errno.EINVAL);
    }
  }
}
