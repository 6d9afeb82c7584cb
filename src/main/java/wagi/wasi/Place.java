package wagi.wasi;

import org.jspecify.annotations.Nullable;

/**
 * Where a path leads: a name in an open directory. What is done with the two cannot leave the
 * directory, since a name has one component and nobody follows it.
 *
 * @param parent the directory, closed with this if it was opened for it
 * @param name no link if links were followed; "." for the directory itself
 * @param slash whether the path demands a directory
 * @param found null if nothing was there
 */
record Place(Linux linux, Parent parent, String name, boolean slash, @Nullable FileStatus found)
    implements AutoCloseable {
  private static final int MAX_LINKS = 40;

  /** An open directory. */
  record Parent(int fd, boolean ours) {}

  /** Finds the place; {@code follow} also a link that is the path's last component. */
  static Place find(Linux linux, Beneath beneath, int dirfd, String path, boolean follow)
      throws ErrnoException {
    String rest = path;
    for (int links = 0; links <= MAX_LINKS; links++) {
      Place place = find(linux, beneath, dirfd, rest);
      if (place.type() != Filetype.SYMBOLIC_LINK || !follow) {
        return place;
      }
      try (place) {
        String target = linux.readlinkat(place.dirfd(), place.name);
        if (target.startsWith("/")) {
          throw new ErrnoException(Errno.EPERM);
        }
        rest = parentOf(rest) + target + (place.slash ? "/" : "");
      }
    }
    throw new ErrnoException(Errno.ELOOP);
  }

  private static Place find(Linux linux, Beneath beneath, int dirfd, String path)
      throws ErrnoException {
    if (path.isEmpty()) {
      throw new ErrnoException(Errno.ENOENT);
    }
    if (path.startsWith("/")) {
      throw new ErrnoException(Errno.EPERM);
    }
    int end = endOf(path);
    String parentPath = parentOf(path);
    String last = path.substring(parentPath.length(), end);
    boolean dots = last.equals(".") || last.equals("..");
    String name = dots ? "." : last;
    String walk = dots ? path : parentPath;
    Parent parent =
        walk.isEmpty()
            ? new Parent(dirfd, false)
            : new Parent(beneath.openDirectory(linux, dirfd, walk), true);
    FileStatus found = null;
    try {
      found = linux.statx(parent.fd, name);
    } catch (ErrnoException e) {
      if (e.errno() != Errno.ENOENT) {
        close(linux, parent);
        throw e;
      }
    }
    return new Place(linux, parent, name, end < path.length(), found);
  }

  private static int endOf(String path) {
    int end = path.length();
    while (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    return end;
  }

  private static String parentOf(String path) {
    return path.substring(0, path.lastIndexOf('/', endOf(path) - 1) + 1);
  }

  int dirfd() {
    return parent.fd;
  }

  @Nullable Filetype type() {
    return found == null ? null : found.type();
  }

  /** Returns what is there; a path that ends in a slash names a directory or nothing. */
  FileStatus existing() throws ErrnoException {
    if (found == null) {
      throw new ErrnoException(Errno.ENOENT);
    }
    checkSlash();
    return found;
  }

  void checkSlash() throws ErrnoException {
    if (slash && found != null && found.type() != Filetype.DIRECTORY) {
      throw new ErrnoException(Errno.ENOTDIR);
    }
  }

  /** Checks that a name is free, as the system would have it. */
  void checkFree(boolean slashAllowed) throws ErrnoException {
    if (found != null) {
      throw new ErrnoException(Errno.EEXIST);
    }
    if (slash && !slashAllowed) {
      throw new ErrnoException(Errno.ENOENT);
    }
  }

  private static void close(Linux linux, Parent parent) {
    if (parent.ours) {
      linux.close(parent.fd);
    }
  }

  @Override
  public void close() {
    close(linux, parent);
  }
}
