package wagi.wasi;

import static run.endive.wasm.types.ValType.I32;

import java.util.List;
import wagi.engine.Guest;
import wagi.engine.HostFunction;

/** {@code environ_*}: the environment, entries {@code NAME=value}. */
final class EnvironFunctions {
  static final List<HostFunction> ALL =
      List.of(
          Syscall.function("environ_get", EnvironFunctions::get, I32, I32),
          Syscall.function("environ_sizes_get", EnvironFunctions::sizesGet, I32, I32));

  private EnvironFunctions() {}

  private static Errno get(Guest guest, long[] a) throws ErrnoException {
    return StringVector.write(
        guest.memory(), guest.invocation().environment().entries(), (int) a[0], (int) a[1]);
  }

  private static Errno sizesGet(Guest guest, long[] a) throws ErrnoException {
    return StringVector.sizes(
        guest.memory(), guest.invocation().environment().entries(), (int) a[0], (int) a[1]);
  }
}
