package wagi.wasi;

import java.io.IOException;
import java.util.List;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;
import wagi.engine.Guest;
import wagi.engine.HostFunction;

/** One function of the interface, with raw wasm arguments; what it throws becomes its answer. */
@FunctionalInterface
interface Syscall {
  Errno call(Guest guest, long[] arguments) throws IOException, ErrnoException;

  /** Makes the function importable; it answers an errno and never traps. */
  static HostFunction function(String name, Syscall call, ValType... parameters) {
    return function(name, FunctionType.of(List.of(parameters), List.of(ValType.I32)), call);
  }

  static HostFunction function(String name, FunctionType type, Syscall call) {
    return new HostFunction(name, type, (guest, arguments) -> answer(call, guest, arguments));
  }

  private static long answer(Syscall call, Guest guest, long[] arguments) {
    try {
      return call.call(guest, arguments).code();
    } catch (ErrnoException e) {
      return e.errno().code();
    } catch (IOException e) {
      // An interrupt closes files and fails reads; then the guest's end is the reason, not I/O.
      guest.checkStopped();
      return Errno.of(e).code();
    }
  }
}
