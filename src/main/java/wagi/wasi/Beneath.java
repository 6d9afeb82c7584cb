package wagi.wasi;

import org.jspecify.annotations.Nullable;

/** Ways to follow a path without leaving the directory it starts from. */
enum Beneath {
  /** The kernel does, in one call that no rename can mislead: Linux 5.6. */
  OPENAT2,
  /** Component by component from descriptor to descriptor, reading links ourselves. */
  COMPONENTS,
  /** By names, in Java; somebody who swaps names meanwhile could mislead it. */
  NAMES;

  private static final int MAX_RACES = 32;

  /** Returns the best way that this system has. */
  static Beneath here() {
    return Here.BEST;
  }

  /** Returns why guests cannot be let write; null if they can. */
  @Nullable String writeProblem() {
    return switch (this) {
      case OPENAT2, COMPONENTS -> null;
      case NAMES -> "this needs Linux on amd64 or aarch64 and --enable-native-access=ALL-UNNAMED";
    };
  }

  /** Opens a directory, for nothing but going on from it. */
  int openDirectory(Linux linux, int dirfd, String path) throws ErrnoException {
    return switch (this) {
      case OPENAT2 -> openat2(linux, dirfd, path);
      case COMPONENTS -> new ComponentWalk(linux, dirfd).openDirectory(path);
      case NAMES -> throw new IllegalStateException("names have no descriptors");
    };
  }

  private static int openat2(Linux linux, int dirfd, String path) throws ErrnoException {
    for (int i = 0; ; i++) {
      try {
        return linux.openat2(
            dirfd,
            path,
            Linux.O_PATH | Linux.O_DIRECTORY,
            Linux.RESOLVE_BENEATH | Linux.RESOLVE_NO_MAGICLINKS);
      } catch (ErrnoException e) {
        if (e.errno() == Errno.EXDEV) {
          throw new ErrnoException(Errno.EPERM);
        }
        // The kernel gives up when something is renamed anywhere while it looks at a "..".
        if (e.errno() != Errno.EAGAIN || i == MAX_RACES) {
          throw e;
        }
      }
    }
  }

  /** Tried once, when the first volume is used. */
  private static final class Here {
    private static final Beneath BEST = find();

    private static Beneath find() {
      if (!SystemCall.available()) {
        return NAMES;
      }
      try (Linux linux = new Linux()) {
        openat2(linux, Linux.AT_FDCWD, ".");
        return OPENAT2;
      } catch (ErrnoException e) {
        // ENOSYS from an old kernel, EPERM from a sandbox that has not heard of the call.
        return e.errno() == Errno.ENOSYS || e.errno() == Errno.EPERM ? COMPONENTS : OPENAT2;
      }
    }
  }
}
