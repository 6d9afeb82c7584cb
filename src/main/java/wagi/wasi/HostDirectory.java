package wagi.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import wagi.engine.Preopen;

/** A directory of a Linux host, in a volume that is for reading only or for writing too. */
final class HostDirectory implements Directory {
  // linux_dirent64: 0 u64 ino | 8 i64 next offset | 16 u16 length | 18 u8 type | 19 name, NUL
  private static final int DIRENT_HEADER = 19;
  private static final int LARGEST_DIRENT = 280;
  private static final byte[] DOTS = {'.', '.'};
  private static final int NOT_OPEN = -1;

  private final Linux linux;
  private final Beneath beneath;
  private final Preopen volume;
  private final boolean preopened;
  private int fd;

  private HostDirectory(
      Linux linux, Beneath beneath, Preopen volume, boolean preopened, int openFd) {
    this.linux = linux;
    this.beneath = beneath;
    this.volume = volume;
    this.preopened = preopened;
    fd = openFd;
  }

  /** Touches no disk: most guests never look into their volumes. */
  static HostDirectory of(Preopen volume, Linux linux, Beneath beneath) {
    return new HostDirectory(linux, beneath, volume, true, NOT_OPEN);
  }

  @Override
  public @Nullable String preopenName() {
    return preopened ? volume.guestPath() : null;
  }

  @Override
  public FileStatus status() throws ErrnoException {
    return linux.statx(fd(), "");
  }

  @Override
  public FileStatus status(String path, boolean follow) throws ErrnoException {
    try (Place place = lookUp(path, follow)) {
      return place.existing();
    }
  }

  @Override
  public String readLink(String path) throws ErrnoException {
    try (Place place = lookUp(path, false)) {
      if (place.existing().type() != Filetype.SYMBOLIC_LINK) {
        throw new ErrnoException(Errno.EINVAL);
      }
      String target = linux.readlinkat(place.dirfd(), place.name());
      if (target.startsWith("/")) {
        throw new ErrnoException(Errno.EPERM);
      }
      return target;
    }
  }

  @Override
  public Resource open(String path, OpenHow how) throws ErrnoException {
    try (Place place = how.isNew() ? entry(path) : lookUp(path, how.follow())) {
      place.checkSlash();
      how.check(place.type(), volume.writable());
      if (place.type() == Filetype.DIRECTORY) {
        int opened = linux.openat(place.dirfd(), place.name(), Linux.O_DIRECTORY);
        return new HostDirectory(linux, beneath, volume, false, opened);
      }
      if (place.slash()) {
        throw new ErrnoException(Errno.EISDIR);
      }
      return openFile(place, how);
    }
  }

  private HostFile openFile(Place place, OpenHow how) throws ErrnoException {
    int opened = linux.openat(place.dirfd(), place.name(), flags(how));
    // What was there when we looked may have been replaced since.
    if (linux.statx(opened, "").type() != Filetype.REGULAR_FILE) {
      linux.close(opened);
      throw new ErrnoException(Errno.ENOTSUP);
    }
    return new HostFile(linux, opened, how.fdflags(), volume.writable());
  }

  private static int flags(OpenHow how) {
    int flags = !how.writes() ? 0 : how.reads() ? Linux.O_RDWR : Linux.O_WRONLY;
    flags |= how.creates() ? Linux.O_CREAT : 0;
    flags |= how.isNew() ? Linux.O_EXCL : 0;
    flags |= how.has(OpenHow.TRUNC) ? Linux.O_TRUNC : 0;
    flags |= (how.fdflags() & OpenHow.APPEND) != 0 ? Linux.O_APPEND : 0;
    flags |= (how.fdflags() & OpenHow.DSYNC) != 0 ? Linux.O_DSYNC : 0;
    flags |= (how.fdflags() & (OpenHow.SYNC | OpenHow.RSYNC)) != 0 ? Linux.O_SYNC : 0;
    return flags;
  }

  /** Reads a part at a time: a directory may have any number of entries. */
  @Override
  public void entries(long cookie, int atMostBytes, Entries to) throws ErrnoException {
    linux.lseek(fd(), cookie, Whence.SET);
    int part = Math.max(LARGEST_DIRENT, Math.min(atMostBytes, SystemCallMemory.TRANSFER_BYTES));
    for (byte[] read = linux.getdents64(fd(), part);
        read.length > 0;
        read = linux.getdents64(fd(), part)) {
      ByteBuffer dirents = ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN);
      for (int at = 0; at < read.length; at += dirents.getShort(at + 16) & 0xffff) {
        if (!take(dirents, at, name(read, at), to)) {
          return;
        }
      }
    }
  }

  private static byte[] name(byte[] dirents, int at) {
    int end = at + DIRENT_HEADER;
    while (dirents[end] != 0) {
      end++;
    }
    return Arrays.copyOfRange(dirents, at + DIRENT_HEADER, end);
  }

  // What lies above the directory is not the guest's to see, so `..` is the directory itself.
  private boolean take(ByteBuffer dirents, int at, byte[] name, Entries to) throws ErrnoException {
    long inode = Arrays.equals(name, DOTS) ? status().inode() : dirents.getLong(at);
    return to.take(dirents.getLong(at + 8), inode, type(dirents.get(at + 18), name), name);
  }

  // Some file systems keep types elsewhere; a name may have gone since.
  private Filetype type(byte kind, byte[] name) throws ErrnoException {
    if (kind != 0) {
      return Filetype.ofMode((kind & 0xff) << 12);
    }
    try {
      return linux.statx(fd(), new String(name, UTF_8)).type();
    } catch (ErrnoException e) {
      return Filetype.UNKNOWN;
    }
  }

  @Override
  public void createDirectory(String path) throws ErrnoException {
    try (Place place = entry(path)) {
      place.checkFree(true);
      checkWritable();
      linux.mkdirat(place.dirfd(), place.name());
    }
  }

  @Override
  public void removeDirectory(String path) throws ErrnoException {
    try (Place place = lookUp(path, false)) {
      place.existing();
      checkWritable();
      linux.unlinkat(place.dirfd(), place.name(), true);
    }
  }

  @Override
  public void unlinkFile(String path) throws ErrnoException {
    try (Place place = lookUp(path, false)) {
      place.existing();
      checkWritable();
      linux.unlinkat(place.dirfd(), place.name(), false);
    }
  }

  @Override
  public void symlink(String target, String path) throws ErrnoException {
    try (Place place = entry(path)) {
      place.checkFree(false);
      checkWritable();
      LinkTarget.check(target, path);
      linux.symlinkat(target, place.dirfd(), place.name());
    }
  }

  @Override
  public void link(String path, boolean follow, Directory toDirectory, String to)
      throws ErrnoException {
    try (Place place = lookUp(path, follow);
        Place fresh = sameVolume(toDirectory).entry(to)) {
      place.existing();
      fresh.checkFree(false);
      checkWritable();
      linux.linkat(place.dirfd(), place.name(), fresh.dirfd(), fresh.name());
    }
  }

  @Override
  public void rename(String path, Directory toDirectory, String to) throws ErrnoException {
    try (Place place = lookUp(path, false);
        Place fresh = sameVolume(toDirectory).entry(to)) {
      boolean directory = place.existing().type() == Filetype.DIRECTORY;
      if (fresh.slash() && !directory) {
        throw new ErrnoException(Errno.ENOTDIR);
      }
      checkWritable();
      linux.renameat(place.dirfd(), place.name(), fresh.dirfd(), fresh.name());
    }
  }

  @Override
  public void setTimes(String path, boolean follow, FileTimes times) throws ErrnoException {
    try (Place place = lookUp(path, follow)) {
      place.existing();
      checkWritable();
      linux.utimensat(place.dirfd(), place.name(), times);
    }
  }

  @Override
  public void setTimes(FileTimes times) throws ErrnoException {
    checkWritable();
    linux.utimensat(fd(), ".", times);
  }

  @Override
  public void sync(boolean dataOnly) throws ErrnoException {
    if (volume.writable()) {
      linux.fsync(fd());
    }
  }

  @Override
  public void setFlags(int fdflags) {}

  @Override
  public long possible(long rights) {
    return rights
        & (volume.writable() ? Rights.DIRECTORY | Rights.FD_FILESTAT_SET_TIMES : Rights.DIRECTORY);
  }

  /** Finds what is to be used, which a slash at the end makes a directory behind a link. */
  private Place lookUp(String path, boolean follow) throws ErrnoException {
    return Place.find(linux, beneath, fd(), path, follow || path.endsWith("/"));
  }

  /** Finds an entry itself, to make or replace it. */
  private Place entry(String path) throws ErrnoException {
    return Place.find(linux, beneath, fd(), path, false);
  }

  // A file of a read-only volume must not become one of a volume for writing.
  private HostDirectory sameVolume(Directory other) throws ErrnoException {
    if (other instanceof HostDirectory directory && directory.volume.equals(volume)) {
      return directory;
    }
    throw new ErrnoException(Errno.EXDEV);
  }

  private void checkWritable() throws ErrnoException {
    if (!volume.writable()) {
      throw new ErrnoException(Errno.EROFS);
    }
  }

  // The operator's own links on the way to a volume are followed.
  private int fd() throws ErrnoException {
    if (fd == NOT_OPEN) {
      Charset paths = Charset.forName(System.getProperty("sun.jnu.encoding"));
      fd = linux.openDirectory(volume.hostPath().toString().getBytes(paths), 0);
    }
    return fd;
  }

  @Override
  public void close() {
    if (fd != NOT_OPEN) {
      linux.close(fd);
      fd = NOT_OPEN;
    }
  }
}
