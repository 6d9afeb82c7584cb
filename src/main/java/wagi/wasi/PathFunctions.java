package wagi.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static run.endive.wasm.types.ValType.I32;
import static run.endive.wasm.types.ValType.I64;
import static wagi.wasi.Syscall.function;

import java.io.IOException;
import java.util.List;
import wagi.engine.Guest;
import wagi.engine.GuestMemory;
import wagi.engine.HostFunction;

/** {@code path_*}: files by name, beneath a directory. */
final class PathFunctions {
  static final List<HostFunction> ALL =
      List.of(
          function("path_create_directory", PathFunctions::createDirectory, I32, I32, I32),
          function("path_filestat_get", PathFunctions::filestatGet, I32, I32, I32, I32, I32),
          function(
              "path_filestat_set_times",
              PathFunctions::filestatSetTimes,
              I32,
              I32,
              I32,
              I32,
              I64,
              I64,
              I32),
          function("path_link", PathFunctions::link, I32, I32, I32, I32, I32, I32, I32),
          function("path_open", PathOpen::open, I32, I32, I32, I32, I32, I64, I64, I32, I32),
          function("path_readlink", PathFunctions::readlink, I32, I32, I32, I32, I32, I32),
          function("path_remove_directory", PathFunctions::removeDirectory, I32, I32, I32),
          function("path_rename", PathFunctions::rename, I32, I32, I32, I32, I32, I32),
          function("path_symlink", PathFunctions::symlink, I32, I32, I32, I32, I32),
          function("path_unlink_file", PathFunctions::unlinkFile, I32, I32, I32));

  private static final int SYMLINK_FOLLOW = 1;

  private PathFunctions() {}

  static boolean follows(long lookupFlags) throws ErrnoException {
    if ((lookupFlags & 0xffff_ffffL & ~SYMLINK_FOLLOW) != 0) {
      throw new ErrnoException(Errno.EINVAL);
    }
    return (lookupFlags & SYMLINK_FOLLOW) != 0;
  }

  private static Errno filestatGet(Guest guest, long[] a) throws IOException, ErrnoException {
    Bounds.check(guest.memory(), (int) a[4], FileStatus.SIZE);
    filestat(guest, a).write(guest.memory(), (int) a[4]);
    return Errno.ESUCCESS;
  }

  static FileStatus filestat(Guest guest, long[] a) throws IOException, ErrnoException {
    Directory directory = directory(guest, a[0], Rights.PATH_FILESTAT_GET);
    String path = Bounds.path(guest.memory(), (int) a[2], (int) a[3]);
    return directory.status(path, follows(a[1]));
  }

  private static Errno readlink(Guest guest, long[] a) throws IOException, ErrnoException {
    GuestMemory memory = guest.memory();
    int buffer = (int) a[3];
    int length = (int) a[4];
    Bounds.check(memory, buffer, length);
    Bounds.check(memory, (int) a[5], 4);
    Directory directory = directory(guest, a[0], Rights.PATH_READLINK);
    String path = Bounds.path(memory, (int) a[1], (int) a[2]);
    byte[] target = directory.readLink(path).getBytes(UTF_8);
    int n = Math.min(target.length, length);
    memory.write(buffer, target, 0, n);
    memory.writeI32((int) a[5], n);
    return Errno.ESUCCESS;
  }

  private static Errno createDirectory(Guest guest, long[] a) throws IOException, ErrnoException {
    String path = path(guest, a[1], a[2]);
    directory(guest, a[0], Rights.PATH_CREATE_DIRECTORY).createDirectory(path);
    return Errno.ESUCCESS;
  }

  private static Errno removeDirectory(Guest guest, long[] a) throws IOException, ErrnoException {
    String path = path(guest, a[1], a[2]);
    directory(guest, a[0], Rights.PATH_REMOVE_DIRECTORY).removeDirectory(path);
    return Errno.ESUCCESS;
  }

  private static Errno unlinkFile(Guest guest, long[] a) throws IOException, ErrnoException {
    String path = path(guest, a[1], a[2]);
    directory(guest, a[0], Rights.PATH_UNLINK_FILE).unlinkFile(path);
    return Errno.ESUCCESS;
  }

  private static Errno symlink(Guest guest, long[] a) throws IOException, ErrnoException {
    String target = path(guest, a[0], a[1]);
    String path = path(guest, a[3], a[4]);
    directory(guest, a[2], Rights.PATH_SYMLINK).symlink(target, path);
    return Errno.ESUCCESS;
  }

  private static Errno link(Guest guest, long[] a) throws IOException, ErrnoException {
    String from = path(guest, a[2], a[3]);
    String to = path(guest, a[5], a[6]);
    Directory source = directory(guest, a[0], Rights.PATH_LINK_SOURCE);
    Directory target = directory(guest, a[4], Rights.PATH_LINK_TARGET);
    source.link(from, follows(a[1]), target, to);
    return Errno.ESUCCESS;
  }

  private static Errno rename(Guest guest, long[] a) throws IOException, ErrnoException {
    String from = path(guest, a[1], a[2]);
    String to = path(guest, a[4], a[5]);
    Directory source = directory(guest, a[0], Rights.PATH_RENAME_SOURCE);
    source.rename(from, directory(guest, a[3], Rights.PATH_RENAME_TARGET), to);
    return Errno.ESUCCESS;
  }

  private static Errno filestatSetTimes(Guest guest, long[] a) throws IOException, ErrnoException {
    String path = path(guest, a[2], a[3]);
    FileTimes times = FileTimes.of(a[4], a[5], (int) a[6]);
    Directory directory = directory(guest, a[0], Rights.PATH_FILESTAT_SET_TIMES);
    directory.setTimes(path, follows(a[1]), times);
    return Errno.ESUCCESS;
  }

  private static Directory directory(Guest guest, long fd, long right) throws ErrnoException {
    return Descriptors.of(guest).get((int) fd).directory(right);
  }

  private static String path(Guest guest, long address, long length) throws ErrnoException {
    return Bounds.path(guest.memory(), (int) address, (int) length);
  }
}
