package wagi.wasi;

import static run.endive.wasm.types.ValType.I32;

import java.util.List;
import run.endive.wasm.types.FunctionType;
import wagi.engine.Guest;
import wagi.engine.HostFunction;

/** {@code proc_*}: the guest's end; there are no signals. */
final class ProcFunctions {
  static final List<HostFunction> ALL =
      List.of(
          new HostFunction("proc_exit", FunctionType.accepting(I32), ProcFunctions::exit),
          Syscall.function("proc_raise", (guest, a) -> Errno.ENOTSUP, I32));

  private ProcFunctions() {}

  private static long exit(Guest guest, long[] a) {
    throw guest.exit((int) a[0]);
  }
}
