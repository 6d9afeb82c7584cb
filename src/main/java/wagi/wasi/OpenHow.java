package wagi.wasi;

import org.jspecify.annotations.Nullable;

/**
 * How a guest wants a file opened.
 *
 * <p>A right to write that libc asks for only because it may is dropped with the others a file
 * cannot have; FD_WRITE itself is what a program means by writing.
 *
 * @param follow a link that is the path's last component
 */
record OpenHow(int oflags, int fdflags, long rights, boolean follow) {
  static final int CREAT = 1;
  static final int DIRECTORY = 2;
  static final int EXCL = 4;
  static final int TRUNC = 8;
  static final int APPEND = 1;
  static final int DSYNC = 2;
  static final int NONBLOCK = 4;
  static final int RSYNC = 8;
  static final int SYNC = 16;
  private static final int ALL_OFLAGS = CREAT | DIRECTORY | EXCL | TRUNC;
  private static final int ALL_FDFLAGS = APPEND | DSYNC | NONBLOCK | RSYNC | SYNC;

  static OpenHow of(int oflags, int fdflags, long rights, boolean follow) throws ErrnoException {
    OpenHow how = new OpenHow(oflags, fdflags, rights, follow);
    boolean both = how.creates() && how.has(DIRECTORY);
    if ((oflags & ~ALL_OFLAGS) != 0 || (fdflags & ~ALL_FDFLAGS) != 0 || both) {
      throw new ErrnoException(Errno.EINVAL);
    }
    return how.isNew() ? new OpenHow(oflags, fdflags, rights, false) : how;
  }

  boolean has(int oflag) {
    return (oflags & oflag) != 0;
  }

  boolean creates() {
    return has(CREAT);
  }

  /** Whether the file must not be there yet. */
  boolean isNew() {
    return creates() && has(EXCL);
  }

  boolean reads() {
    return (rights & Rights.FD_READ) != 0;
  }

  boolean writes() {
    return (rights & Rights.FD_WRITE) != 0 || has(TRUNC);
  }

  /** Judges what is there before it is opened. */
  void check(@Nullable Filetype found, boolean writable) throws ErrnoException {
    switch (found) {
      case null -> {
        if (!creates()) {
          throw new ErrnoException(Errno.ENOENT);
        }
        if (!writable) {
          throw new ErrnoException(Errno.EROFS);
        }
      }
      case Filetype type when isNew() -> throw new ErrnoException(Errno.EEXIST);
      case SYMBOLIC_LINK -> throw new ErrnoException(Errno.ELOOP);
      case DIRECTORY -> {
        if (writes() || creates()) {
          throw new ErrnoException(Errno.EISDIR);
        }
      }
      case Filetype type when has(DIRECTORY) -> throw new ErrnoException(Errno.ENOTDIR);
      case REGULAR_FILE -> {
        if (writes() && !writable) {
          throw new ErrnoException(Errno.EROFS);
        }
      }
      case UNKNOWN, BLOCK_DEVICE, CHARACTER_DEVICE, SOCKET_DGRAM, SOCKET_STREAM ->
          throw new ErrnoException(Errno.ENOTSUP);
    }
  }
}
