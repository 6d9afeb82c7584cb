package wagi.wasi;

import java.io.IOException;
import wagi.engine.Guest;
import wagi.engine.GuestMemory;

/** {@code path_open}: regular files and directories. */
final class PathOpen {
  private PathOpen() {}

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
    OpenHow how = OpenHow.of((int) a[4], (int) a[7], rights, PathFunctions.follows(a[1]));
    int fd = descriptors.reserve();
    Resource opened = directory.open(path, how);
    long passedOn = opened instanceof Directory ? inheriting : 0;
    descriptors.put(fd, new Descriptor(opened, opened.possible(rights), passedOn, how.fdflags()));
    memory.writeI32((int) a[8], fd);
    return Errno.ESUCCESS;
  }
}
