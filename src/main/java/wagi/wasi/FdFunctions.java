package wagi.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static run.endive.wasm.types.ValType.I32;
import static run.endive.wasm.types.ValType.I64;
import static wagi.wasi.Syscall.function;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wagi.engine.Guest;
import wagi.engine.GuestMemory;
import wagi.engine.HostFunction;

/** {@code fd_*}: everything about a descriptor but moving its bytes. */
final class FdFunctions {
  static final List<HostFunction> ALL =
      List.of(
          function("fd_advise", FdFunctions::advise, I32, I64, I64, I32),
          function("fd_allocate", FdFunctions::allocate, I32, I64, I64),
          function("fd_close", FdFunctions::close, I32),
          function("fd_datasync", (g, a) -> sync(g, a, Rights.FD_DATASYNC), I32),
          function("fd_fdstat_get", FdFunctions::fdstatGet, I32, I32),
          function("fd_fdstat_set_flags", FdFunctions::fdstatSetFlags, I32, I32),
          function("fd_fdstat_set_rights", FdFunctions::fdstatSetRights, I32, I64, I64),
          function("fd_filestat_get", FdFunctions::filestatGet, I32, I32),
          function("fd_filestat_set_size", FdFunctions::filestatSetSize, I32, I64),
          function("fd_filestat_set_times", FdFunctions::filestatSetTimes, I32, I64, I64, I32),
          function("fd_pread", FdTransfers::pread, I32, I32, I32, I64, I32),
          function("fd_prestat_get", FdFunctions::prestatGet, I32, I32),
          function("fd_prestat_dir_name", FdFunctions::prestatDirName, I32, I32, I32),
          function("fd_pwrite", FdTransfers::pwrite, I32, I32, I32, I64, I32),
          function("fd_read", FdTransfers::read, I32, I32, I32, I32),
          function("fd_readdir", FdReaddir::readdir, I32, I32, I32, I64, I32),
          function("fd_renumber", FdFunctions::renumber, I32, I32),
          function("fd_seek", FdTransfers::seek, I32, I64, I32, I32),
          function("fd_sync", (g, a) -> sync(g, a, Rights.FD_SYNC), I32),
          function("fd_tell", FdTransfers::tell, I32, I32),
          function("fd_write", FdTransfers::write, I32, I32, I32, I32));

  private static final int SETTABLE_FLAGS = OpenHow.APPEND | OpenHow.NONBLOCK;

  private static final int MAX_ADVICE = 5;

  private FdFunctions() {}

  private static Errno advise(Guest guest, long[] a) throws ErrnoException {
    Descriptor descriptor = Descriptors.of(guest).get((int) a[0]);
    if (descriptor.resource() instanceof Stream) {
      return Errno.ESPIPE;
    }
    descriptor.openFor(Rights.FD_ADVISE);
    boolean known = a[1] >= 0 && a[2] >= 0 && (int) a[3] >= 0 && (int) a[3] <= MAX_ADVICE;
    return known ? Errno.ESUCCESS : Errno.EINVAL;
  }

  private static Errno allocate(Guest guest, long[] a) throws ErrnoException {
    Resource resource = Descriptors.of(guest).get((int) a[0]).openFor(Rights.FD_ALLOCATE);
    return change(resource, file -> file.allocate(a[1], a[2]));
  }

  private static Errno filestatSetSize(Guest guest, long[] a) throws ErrnoException {
    Resource resource = Descriptors.of(guest).get((int) a[0]).openFor(Rights.FD_FILESTAT_SET_SIZE);
    return change(resource, file -> file.setSize(a[1]));
  }

  @FunctionalInterface
  private interface Change {
    void make(OpenFile file) throws ErrnoException;
  }

  private static Errno change(Resource resource, Change change) throws ErrnoException {
    if (!(resource instanceof OpenFile file)) {
      return Errno.EBADF;
    }
    change.make(file);
    return Errno.ESUCCESS;
  }

  private static Errno filestatSetTimes(Guest guest, long[] a) throws ErrnoException {
    FileTimes times = FileTimes.of(a[1], a[2], (int) a[3]);
    Descriptor descriptor = Descriptors.of(guest).get((int) a[0]);
    descriptor.openFor(Rights.FD_FILESTAT_SET_TIMES).setTimes(times);
    return Errno.ESUCCESS;
  }

  private static Errno close(Guest guest, long[] a) throws IOException, ErrnoException {
    Descriptors.of(guest).close((int) a[0]);
    return Errno.ESUCCESS;
  }

  private static Errno sync(Guest guest, long[] a, long right) throws IOException, ErrnoException {
    Descriptor descriptor = Descriptors.of(guest).get((int) a[0]);
    if (descriptor.resource() instanceof Stream) {
      return Errno.EINVAL;
    }
    Resource resource = descriptor.openFor(right);
    guest.permit().leave();
    try {
      resource.sync(right == Rights.FD_DATASYNC);
    } finally {
      guest.permit().rejoin();
    }
    return Errno.ESUCCESS;
  }

  // 0 u8 type | 2 u16 flags | 8 u64 rights | 16 u64 inheriting
  private static Errno fdstatGet(Guest guest, long[] a) throws ErrnoException {
    GuestMemory memory = guest.memory();
    int to = (int) a[1];
    Bounds.check(memory, to, 24);
    Descriptor descriptor = Descriptors.of(guest).get((int) a[0]);
    memory.writeLong(to, descriptor.resource().type().code() | (long) descriptor.flags() << 16);
    memory.writeLong(to + 8, descriptor.rights());
    memory.writeLong(to + 16, descriptor.inheriting());
    return Errno.ESUCCESS;
  }

  private static Errno fdstatSetFlags(Guest guest, long[] a) throws ErrnoException {
    Descriptor descriptor = Descriptors.of(guest).get((int) a[0]);
    descriptor.openFor(Rights.FD_FDSTAT_SET_FLAGS);
    int flags = (int) a[1];
    // Those to synchronise are set at opening; libc hands them back as it found them.
    if (((flags ^ descriptor.flags()) & ~SETTABLE_FLAGS) != 0) {
      return Errno.EINVAL;
    }
    descriptor.resource().setFlags(flags);
    descriptor.setFlags(flags);
    return Errno.ESUCCESS;
  }

  private static Errno fdstatSetRights(Guest guest, long[] a) throws ErrnoException {
    Descriptors.of(guest).get((int) a[0]).narrow(a[1], a[2]);
    return Errno.ESUCCESS;
  }

  private static Errno filestatGet(Guest guest, long[] a) throws IOException, ErrnoException {
    Bounds.check(guest.memory(), (int) a[1], FileStatus.SIZE);
    filestat(guest, (int) a[0]).write(guest.memory(), (int) a[1]);
    return Errno.ESUCCESS;
  }

  static FileStatus filestat(Guest guest, int fd) throws IOException, ErrnoException {
    return Descriptors.of(guest).get(fd).openFor(Rights.FD_FILESTAT_GET).status();
  }

  // 0 u8 tag, 0 for a directory | 4 u32 length of the name
  private static Errno prestatGet(Guest guest, long[] a) throws ErrnoException {
    byte[] name = preopenName(guest, (int) a[0]);
    if (name == null) {
      return Errno.EBADF;
    }
    Bounds.check(guest.memory(), (int) a[1], 8);
    guest.memory().writeI32((int) a[1], 0);
    guest.memory().writeI32((int) a[1] + 4, name.length);
    return Errno.ESUCCESS;
  }

  private static Errno prestatDirName(Guest guest, long[] a) throws ErrnoException {
    byte[] name = preopenName(guest, (int) a[0]);
    if (name == null) {
      return Errno.EBADF;
    }
    Bounds.check(guest.memory(), (int) a[1], (int) a[2]);
    if ((int) a[2] < name.length) {
      return Errno.ENAMETOOLONG;
    }
    guest.memory().write((int) a[1], name, 0, name.length);
    return Errno.ESUCCESS;
  }

  private static byte @Nullable [] preopenName(Guest guest, int fd) {
    Descriptor descriptor = Descriptors.of(guest).find(fd);
    return descriptor != null
            && descriptor.resource() instanceof Directory directory
            && directory.preopenName() != null
        ? directory.preopenName().getBytes(UTF_8)
        : null;
  }

  private static Errno renumber(Guest guest, long[] a) throws IOException, ErrnoException {
    Descriptors.of(guest).renumber((int) a[0], (int) a[1]);
    return Errno.ESUCCESS;
  }
}
