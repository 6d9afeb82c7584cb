package wagi.wasi;

import static run.endive.wasm.types.ValType.I32;

import java.util.List;
import wagi.engine.Guest;
import wagi.engine.HostFunction;

/** {@code args_*}: the command line. */
final class ArgsFunctions {
  static final List<HostFunction> ALL =
      List.of(
          Syscall.function("args_get", ArgsFunctions::get, I32, I32),
          Syscall.function("args_sizes_get", ArgsFunctions::sizesGet, I32, I32));

  private ArgsFunctions() {}

  private static Errno get(Guest guest, long[] a) throws ErrnoException {
    return StringVector.write(
        guest.memory(), guest.invocation().arguments(), (int) a[0], (int) a[1]);
  }

  private static Errno sizesGet(Guest guest, long[] a) throws ErrnoException {
    return StringVector.sizes(
        guest.memory(), guest.invocation().arguments(), (int) a[0], (int) a[1]);
  }
}
