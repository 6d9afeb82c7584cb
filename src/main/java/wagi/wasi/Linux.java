package wagi.wasi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static wagi.wasi.SystemCallMemory.PATH_MAX;
import static wagi.wasi.SystemCallMemory.TRANSFER_BYTES;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/**
 * The files of a Linux host as one guest's thread uses them: calls under the names of their manual
 * pages, the native memory they need, and the descriptors they opened. Closing gives all of it
 * back.
 *
 * <p>Nothing here decides what a guest may do. {@code openat} never follows a link.
 */
final class Linux implements AutoCloseable {
  static final int AT_FDCWD = -100;
  static final int O_WRONLY = 1;
  static final int O_RDWR = 2;
  static final int O_CREAT = 0100;
  static final int O_EXCL = 0200;
  static final int O_TRUNC = 01000;
  static final int O_APPEND = 02000;
  static final int O_NONBLOCK = 04000;
  static final int O_DSYNC = 010000;
  static final int O_SYNC = 04010000;
  static final int O_PATH = 010000000;
  static final int O_DIRECTORY = SystemCall.AARCH64 ? 040000 : 0200000;
  private static final int O_NOFOLLOW = SystemCall.AARCH64 ? 0100000 : 0400000;
  private static final int O_NOCTTY = 0400;
  private static final int O_CLOEXEC = 02000000;

  static final int RESOLVE_NO_MAGICLINKS = 2;
  static final int RESOLVE_BENEATH = 8;

  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_REMOVEDIR = 0x200;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int F_SETFL = 4;
  private static final int STATX_BASIC_STATS = 0x7ff;

  private static final int NEW_FILE_MODE = 0666;
  private static final int NEW_DIRECTORY_MODE = 0777;

  private static final int NO_DESCRIPTOR = -1;

  private final SystemCallMemory memory = new SystemCallMemory();
  private int[] opened = {};

  int openat(int dirfd, String path, int flags) throws ErrnoException {
    int always = O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
    return open(SystemCall.OPENAT, dirfd, memory.path(path), flags | always, NEW_FILE_MODE);
  }

  /** Opens an operator's directory, following links. */
  int openDirectory(byte[] path, int flags) throws ErrnoException {
    return open(SystemCall.OPENAT, AT_FDCWD, memory.path(path), flags | O_DIRECTORY | O_CLOEXEC);
  }

  // open_how: 0 u64 flags | 8 u64 mode | 16 u64 resolve
  int openat2(int dirfd, String path, int flags, int resolve) throws ErrnoException {
    MemorySegment how = memory.struct();
    how.set(JAVA_LONG, 0, flags | O_CLOEXEC);
    how.set(JAVA_LONG, 8, 0);
    how.set(JAVA_LONG, 16, resolve);
    long at = memory.path(path);
    return open(SystemCall.OPENAT2, dirfd, at, how.address(), 24);
  }

  private int open(SystemCall call, long... arguments) throws ErrnoException {
    int slot = freeSlot();
    MemorySegment state = memory.state();
    int fd = (int) call.invoke(state, arguments);
    // Noted without a call in between: a guest may have left no stack for one.
    opened[slot] = fd;
    if (fd < 0) {
      throw new ErrnoException(memory.errno());
    }
    return fd;
  }

  private int freeSlot() {
    for (int i = 0; i < opened.length; i++) {
      if (opened[i] == NO_DESCRIPTOR) {
        return i;
      }
    }
    int slot = opened.length;
    int[] more = newSlots(Math.max(8, 2 * slot));
    System.arraycopy(opened, 0, more, 0, slot);
    opened = more;
    return slot;
  }

  private static int[] newSlots(int count) {
    int[] slots = new int[count];
    Arrays.fill(slots, NO_DESCRIPTOR);
    return slots;
  }

  /** Closes; whatever close(2) answers, the descriptor is gone. */
  void close(int fd) {
    for (int i = 0; i < opened.length; i++) {
      if (opened[i] == fd) {
        opened[i] = NO_DESCRIPTOR;
        SystemCall.CLOSE.invoke(memory.state(), fd);
        return;
      }
    }
  }

  /** Returns what is at a path, without following a link; of the descriptor for an empty path. */
  FileStatus statx(int dirfd, String path) throws ErrnoException {
    MemorySegment found = memory.struct();
    call(
        SystemCall.STATX,
        dirfd,
        memory.path(path),
        AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH,
        STATX_BASIC_STATS,
        found.address());
    return new FileStatus(
        Filetype.ofMode(Short.toUnsignedInt(found.get(JAVA_SHORT, 28))),
        (long) found.get(JAVA_INT, 136) << 32 | Integer.toUnsignedLong(found.get(JAVA_INT, 140)),
        found.get(JAVA_LONG, 32),
        Integer.toUnsignedLong(found.get(JAVA_INT, 16)),
        found.get(JAVA_LONG, 40),
        new FileStatus.Times(nanos(found, 64), nanos(found, 112), nanos(found, 96)));
  }

  private static long nanos(MemorySegment struct, int at) {
    return struct.get(JAVA_LONG, at) * 1_000_000_000L + struct.get(JAVA_INT, at + 8);
  }

  String readlinkat(int dirfd, String path) throws ErrnoException {
    MemorySegment target = memory.pathBack();
    long at = memory.path(path);
    int length = (int) call(SystemCall.READLINKAT, dirfd, at, target.address(), PATH_MAX);
    if (length == PATH_MAX) {
      throw new ErrnoException(Errno.ENAMETOOLONG);
    }
    byte[] bytes = new byte[length];
    MemorySegment.copy(target, JAVA_BYTE, 0, bytes, 0, length);
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new ErrnoException(Errno.EILSEQ);
    }
  }

  void mkdirat(int dirfd, String path) throws ErrnoException {
    call(SystemCall.MKDIRAT, dirfd, memory.path(path), NEW_DIRECTORY_MODE);
  }

  void unlinkat(int dirfd, String path, boolean directory) throws ErrnoException {
    long at = memory.path(path);
    call(SystemCall.UNLINKAT, dirfd, at, directory ? AT_REMOVEDIR : 0);
  }

  void renameat(int olddirfd, String oldpath, int newdirfd, String newpath) throws ErrnoException {
    long old = memory.path(oldpath);
    long fresh = memory.secondPath(newpath);
    call(SystemCall.RENAMEAT2, olddirfd, old, newdirfd, fresh, 0);
  }

  void linkat(int olddirfd, String oldpath, int newdirfd, String newpath) throws ErrnoException {
    long old = memory.path(oldpath);
    long fresh = memory.secondPath(newpath);
    call(SystemCall.LINKAT, olddirfd, old, newdirfd, fresh, 0);
  }

  void symlinkat(String target, int newdirfd, String linkpath) throws ErrnoException {
    long to = memory.path(target);
    long at = memory.secondPath(linkpath);
    call(SystemCall.SYMLINKAT, to, newdirfd, at);
  }

  // struct timespec[2]: access, modification; each i64 seconds, i64 nanoseconds
  void utimensat(int dirfd, String path, FileTimes times) throws ErrnoException {
    MemorySegment timespecs = setTimespecs(times);
    long at = memory.path(path);
    call(SystemCall.UTIMENSAT, dirfd, at, timespecs.address(), AT_SYMLINK_NOFOLLOW);
  }

  void futimens(int fd, FileTimes times) throws ErrnoException {
    call(SystemCall.UTIMENSAT, fd, 0, setTimespecs(times).address(), 0);
  }

  private MemorySegment setTimespecs(FileTimes times) {
    MemorySegment timespecs = memory.struct();
    timespecs.set(JAVA_LONG, 0, times.access().seconds());
    timespecs.set(JAVA_LONG, 8, times.access().nanos());
    timespecs.set(JAVA_LONG, 16, times.modification().seconds());
    timespecs.set(JAVA_LONG, 24, times.modification().nanos());
    return timespecs;
  }

  void ftruncate(int fd, long length) throws ErrnoException {
    call(SystemCall.FTRUNCATE, fd, length);
  }

  void fallocate(int fd, long offset, long length) throws ErrnoException {
    call(SystemCall.FALLOCATE, fd, 0, offset, length);
  }

  void fsync(int fd) throws ErrnoException {
    call(SystemCall.FSYNC, fd);
  }

  void fdatasync(int fd) throws ErrnoException {
    call(SystemCall.FDATASYNC, fd);
  }

  /** Sets O_APPEND and O_NONBLOCK, the flags that can change. */
  void fcntlSetfl(int fd, int flags) throws ErrnoException {
    call(SystemCall.FCNTL, fd, F_SETFL, flags);
  }

  long lseek(int fd, long offset, Whence whence) throws ErrnoException {
    return call(SystemCall.LSEEK, fd, offset, whence.code());
  }

  /** Returns the next {@code linux_dirent64}s of a directory, none at its end. */
  byte[] getdents64(int fd, int atMost) throws ErrnoException {
    MemorySegment buffer = memory.transfer();
    int length = Math.min(atMost, TRANSFER_BYTES);
    byte[] entries = new byte[(int) call(SystemCall.GETDENTS64, fd, buffer.address(), length)];
    MemorySegment.copy(buffer, JAVA_BYTE, 0, entries, 0, entries.length);
    return entries;
  }

  int read(int fd, byte[] to, int offset, int length) throws ErrnoException {
    MemorySegment buffer = memory.transfer();
    int n = (int) call(SystemCall.READ, fd, buffer.address(), Math.min(length, TRANSFER_BYTES));
    MemorySegment.copy(buffer, JAVA_BYTE, 0, to, offset, n);
    return n;
  }

  int pread(int fd, byte[] to, int offset, int length, long position) throws ErrnoException {
    MemorySegment buffer = memory.transfer();
    int most = Math.min(length, TRANSFER_BYTES);
    int n = (int) call(SystemCall.PREAD64, fd, buffer.address(), most, position);
    MemorySegment.copy(buffer, JAVA_BYTE, 0, to, offset, n);
    return n;
  }

  int write(int fd, byte[] from, int offset, int length) throws ErrnoException {
    int n = Math.min(length, TRANSFER_BYTES);
    return (int) call(SystemCall.WRITE, fd, memory.transfer(from, offset, n), n);
  }

  int pwrite(int fd, byte[] from, int offset, int length, long position) throws ErrnoException {
    int n = Math.min(length, TRANSFER_BYTES);
    return (int) call(SystemCall.PWRITE64, fd, memory.transfer(from, offset, n), n, position);
  }

  private long call(SystemCall call, long... arguments) throws ErrnoException {
    MemorySegment state = memory.state();
    long result = call.invoke(state, arguments);
    if (result < 0) {
      throw new ErrnoException(memory.errno());
    }
    return result;
  }

  /** Returns how many descriptors are open. */
  int openDescriptors() {
    return (int) Arrays.stream(opened).filter(fd -> fd != NO_DESCRIPTOR).count();
  }

  @Override
  public void close() {
    for (int fd : opened) {
      if (fd != NO_DESCRIPTOR) {
        SystemCall.CLOSE.invoke(memory.state(), fd);
      }
    }
    opened = new int[] {};
    memory.close();
  }
}
