package wagi.wasi;

import static run.endive.wasm.types.ValType.I32;

import java.util.List;
import wagi.engine.Guest;
import wagi.engine.HostFunction;

/** {@code sock_*}: no descriptor of ours is a socket. */
final class SockFunctions {
  static final HostFunction ACCEPT =
      Syscall.function("sock_accept", SockFunctions::refuse, I32, I32, I32);
  static final List<HostFunction> ALL =
      List.of(
          Syscall.function("sock_recv", SockFunctions::refuse, I32, I32, I32, I32, I32, I32),
          Syscall.function("sock_send", SockFunctions::refuse, I32, I32, I32, I32, I32),
          Syscall.function("sock_shutdown", SockFunctions::refuse, I32, I32));

  private SockFunctions() {}

  private static Errno refuse(Guest guest, long[] a) throws ErrnoException {
    Descriptors.of(guest).get((int) a[0]);
    return Errno.ENOTSOCK;
  }
}
