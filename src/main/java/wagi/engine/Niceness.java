package wagi.engine;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the calling thread run when no other wants to: Linux knows niceness of single threads. */
final class Niceness {
  private static final Logger LOG = LoggerFactory.getLogger("wagi.engine");
  private static final int PRIO_PROCESS = 0;
  private static final int CALLING_THREAD = 0;
  private static final int NICEST = 19;
  private static final Optional<MethodHandle> SETPRIORITY = setpriority();

  private Niceness() {}

  @SuppressWarnings("restricted")
  private static Optional<MethodHandle> setpriority() {
    boolean perThread = System.getProperty("os.name").equals("Linux");
    if (!perThread) {
      return Optional.empty();
    }
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("setpriority")
        .map(
            address ->
                linker.downcallHandle(
                    address, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT)));
  }

  /** Cannot be taken back. Where the system has no such thing, nothing happens. */
  @SuppressWarnings("IllegalCatch") // a method handle throws anything; this one does not
  static void lower() {
    if (SETPRIORITY.isPresent()) {
      try {
        int failed = (int) SETPRIORITY.get().invokeExact(PRIO_PROCESS, CALLING_THREAD, NICEST);
        if (failed != 0) {
          LOG.debug("setpriority failed; a long computation competes with the others");
        }
      } catch (Throwable e) {
        throw new IllegalStateException("setpriority", e);
      }
    }
  }
}
