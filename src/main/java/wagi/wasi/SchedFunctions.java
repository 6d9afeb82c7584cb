package wagi.wasi;

import java.util.List;
import wagi.engine.Guest;
import wagi.engine.HostFunction;

/** {@code sched_*}: a guest has one thread, there is nobody to yield to. */
final class SchedFunctions {
  static final List<HostFunction> ALL =
      List.of(Syscall.function("sched_yield", SchedFunctions::yieldNow));

  private SchedFunctions() {}

  private static Errno yieldNow(Guest guest, long[] a) {
    guest.checkStopped();
    return Errno.ESUCCESS;
  }
}
