package wagi.wasi;

import java.io.IOException;
import wagi.engine.Guest;
import wagi.engine.GuestMemory;

/** {@code path_open}: regular files and directories, for reading. */
final class PathOpen {
  private static final int CREAT = 1;
  private static final int DIRECTORY = 2;
  private static final int EXCL = 4;
  private static final int TRUNC = 8;
  private static final int ALL_OFLAGS = CREAT | DIRECTORY | EXCL | TRUNC;
  private static final int ALL_FDFLAGS = 31;

  private PathOpen() {}

  /**
   * How a file is to be opened.
   *
   * <p>A right to write that libc asks for only because it may is dropped with the others a file
   * cannot have; FD_WRITE itself is what a program means by writing.
   */
  private record Request(int oflags, long rights) {
    boolean has(int flag) {
      return (oflags & flag) != 0;
    }

    boolean writes() {
      return (rights & Rights.FD_WRITE) != 0 || has(TRUNC);
    }

    void check() throws ErrnoException {
      if ((oflags & ~ALL_OFLAGS) != 0 || (has(CREAT) && has(DIRECTORY))) {
        throw new ErrnoException(Errno.EINVAL);
      }
    }
  }

  static Errno open(Guest guest, long[] a) throws IOException, ErrnoException {
    GuestMemory memory = guest.memory();
    Bounds.check(memory, (int) a[8], 4);
    String path = Bounds.path(memory, (int) a[2], (int) a[3]);
    Descriptors descriptors = Descriptors.of(guest);
    Descriptor from = descriptors.get((int) a[0]);
    Directory directory = from.directory(Rights.PATH_OPEN);
    long rights = a[5] & Rights.ALL;
    long inheriting = a[6] & Rights.ALL;
    if (((rights | inheriting) & ~from.inheriting()) != 0) {
      return Errno.ENOTCAPABLE;
    }
    Request request = new Request((int) a[4], rights);
    request.check();
    int fdflags = (int) a[7];
    if ((fdflags & ~ALL_FDFLAGS) != 0) {
      return Errno.EINVAL;
    }
    boolean follow = PathFunctions.follows(a[1]) && !(request.has(CREAT) && request.has(EXCL));
    PathResolution.Resolved found = directory.resolve(path, follow);
    checkMode(request, found);
    int fd = descriptors.reserve();
    Resource opened = directory.open(found);
    descriptors.put(fd, describe(opened, rights, inheriting, fdflags));
    memory.writeI32((int) a[8], fd);
    return Errno.ESUCCESS;
  }

  private static void checkMode(Request request, PathResolution.Resolved found)
      throws ErrnoException {
    if (found.type() == null) {
      throw new ErrnoException(request.has(CREAT) ? Errno.EROFS : Errno.ENOENT);
    }
    if (request.has(CREAT) && request.has(EXCL)) {
      throw new ErrnoException(Errno.EEXIST);
    }
    if (found.type() == Filetype.SYMBOLIC_LINK) {
      throw new ErrnoException(Errno.ELOOP);
    }
    if (found.type() == Filetype.DIRECTORY) {
      if (request.writes() || request.has(CREAT)) {
        throw new ErrnoException(Errno.EISDIR);
      }
      return;
    }
    if (request.has(DIRECTORY)) {
      throw new ErrnoException(Errno.ENOTDIR);
    }
    if (found.type() == Filetype.REGULAR_FILE && request.writes()) {
      throw new ErrnoException(Errno.EROFS);
    }
  }

  private static Descriptor describe(Resource opened, long rights, long inheriting, int fdflags) {
    return opened instanceof Directory
        ? new Descriptor(opened, rights & Rights.DIRECTORY, inheriting, fdflags)
        : new Descriptor(opened, rights & Rights.FILE, 0, fdflags);
  }
}
