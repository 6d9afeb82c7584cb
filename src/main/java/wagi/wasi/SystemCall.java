package wagi.wasi;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * The calls of Linux by number, all made through syscall(2): one native function to link, and no
 * question which of them a C library has.
 */
enum SystemCall {
  OPENAT(257, 56),
  OPENAT2(437, 437),
  CLOSE(3, 57),
  READ(0, 63),
  WRITE(1, 64),
  PREAD64(17, 67),
  PWRITE64(18, 68),
  LSEEK(8, 62),
  FCNTL(72, 25),
  STATX(332, 291),
  GETDENTS64(217, 61),
  READLINKAT(267, 78),
  MKDIRAT(258, 34),
  UNLINKAT(263, 35),
  RENAMEAT2(316, 276),
  LINKAT(265, 37),
  SYMLINKAT(266, 36),
  UTIMENSAT(280, 88),
  FTRUNCATE(77, 46),
  FALLOCATE(285, 47),
  FSYNC(74, 82),
  FDATASYNC(75, 83);

  static final boolean AARCH64 = System.getProperty("os.arch").equals("aarch64");
  private static final boolean AMD64 = System.getProperty("os.arch").equals("amd64");

  /**
   * Linked when a guest first uses a file: it takes as long as many requests of one that does not.
   */
  private static final class Linked {
    static final @Nullable MethodHandle SYSCALL = link();
  }

  private final long number;

  SystemCall(int amd64, int aarch64) {
    number = System.getProperty("os.arch").equals("aarch64") ? aarch64 : amd64;
  }

  /** Whether this system has these calls and lets us make them. */
  static boolean available() {
    return Linked.SYSCALL != null;
  }

  static long stateBytes() {
    return Linker.Option.captureStateLayout().byteSize();
  }

  /** Makes the call: its result, or -1 with the error number at the beginning of the state. */
  @SuppressWarnings("IllegalCatch") // what a method handle declares; only errors really come
  long invoke(MemorySegment state, long... a) {
    MethodHandle syscall = Linked.SYSCALL;
    if (syscall == null) {
      throw new IllegalStateException("no system calls here");
    }
    try {
      return (long)
          syscall.invokeExact(state, number, at(a, 0), at(a, 1), at(a, 2), at(a, 3), at(a, 4));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static long at(long[] arguments, int index) {
    return index < arguments.length ? arguments[index] : 0;
  }

  @SuppressWarnings("restricted")
  private static @Nullable MethodHandle link() {
    if (!System.getProperty("os.name").equals("Linux") || !(AMD64 || AARCH64)) {
      return null;
    }
    FunctionDescriptor six =
        FunctionDescriptor.of(
            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    try {
      Linker linker = Linker.nativeLinker();
      return linker
          .defaultLookup()
          .find("syscall")
          .map(
              address ->
                  linker.downcallHandle(
                      address,
                      six,
                      Linker.Option.captureCallState("errno"),
                      Linker.Option.firstVariadicArg(1)))
          .orElse(null);
    } catch (UnsupportedOperationException | IllegalCallerException e) {
      return null;
    }
  }
}
