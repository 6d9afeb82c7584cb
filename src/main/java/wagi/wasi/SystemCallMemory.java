package wagi.wasi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The native memory in which one guest's thread and the kernel hand each other paths, structs and
 * bytes. Allocated when it is first asked for: most guests touch no file.
 */
final class SystemCallMemory implements AutoCloseable {
  /** What a path may be long, with its NUL. */
  static final int PATH_MAX = 4096;

  /** As much as one call reads or writes. */
  static final int TRANSFER_BYTES = 64 * 1024;

  private static final int STRUCT_BYTES = 256;

  private @Nullable Arena arena;
  private @Nullable Segments segments;

  private static final class Segments {
    final MemorySegment state;
    final MemorySegment path;
    final MemorySegment secondPath;
    final MemorySegment struct;
    private final Arena arena;
    private @Nullable MemorySegment transfer;

    Segments(Arena arena) {
      this.arena = arena;
      state = arena.allocate(SystemCall.stateBytes(), 8);
      path = arena.allocate(PATH_MAX);
      secondPath = arena.allocate(PATH_MAX);
      struct = arena.allocate(STRUCT_BYTES, 8);
    }

    MemorySegment transfer() {
      if (transfer == null) {
        transfer = arena.allocate(TRANSFER_BYTES, 8);
      }
      return transfer;
    }
  }

  private Segments segments() {
    Segments allocated = segments;
    if (allocated == null) {
      // Kept before anything is allocated in it: the guest may have left no stack for more.
      Arena owner = arena == null ? Arena.ofConfined() : arena;
      arena = owner;
      allocated = new Segments(owner);
      segments = allocated;
    }
    return allocated;
  }

  /** Returns where a call leaves its error. */
  MemorySegment state() {
    return segments().state;
  }

  Errno errno() {
    return Errno.ofLinux(state().get(JAVA_INT, 0));
  }

  /** Returns room for the struct of one call. */
  MemorySegment struct() {
    return segments().struct;
  }

  /** Returns room for a path that the kernel gives. */
  MemorySegment pathBack() {
    return segments().secondPath;
  }

  /** Returns the address of a path. */
  long path(String path) throws ErrnoException {
    return path(path.getBytes(UTF_8));
  }

  long path(byte[] path) throws ErrnoException {
    return put(segments().path, path);
  }

  /** Returns the address of a second path for the same call. */
  long secondPath(String path) throws ErrnoException {
    return put(segments().secondPath, path.getBytes(UTF_8));
  }

  private static long put(MemorySegment to, byte[] path) throws ErrnoException {
    if (path.length >= PATH_MAX) {
      throw new ErrnoException(Errno.ENAMETOOLONG);
    }
    MemorySegment.copy(path, 0, to, JAVA_BYTE, 0, path.length);
    to.set(JAVA_BYTE, path.length, (byte) 0);
    return to.address();
  }

  /** Returns room for {@link #TRANSFER_BYTES}. */
  MemorySegment transfer() {
    return segments().transfer();
  }

  /** Returns the address of these bytes. */
  long transfer(byte[] from, int offset, int length) {
    MemorySegment buffer = transfer();
    MemorySegment.copy(from, offset, buffer, JAVA_BYTE, 0, length);
    return buffer.address();
  }

  @Override
  public void close() {
    segments = null;
    if (arena != null) {
      arena.close();
      arena = null;
    }
  }
}
