package wagi.wasi;

/** What a guest may let a link point to. */
final class LinkTarget {
  private LinkTarget() {}

  /**
   * Refuses a target that is absolute or climbs above the directory that the link's path starts
   * from. Guests could not follow such a link; other programs of the host could.
   */
  static void check(String target, String linkPath) throws ErrnoException {
    if (target.isEmpty()) {
      throw new ErrnoException(Errno.ENOENT);
    }
    if (target.startsWith("/")) {
      throw new ErrnoException(Errno.EPERM);
    }
    int depth = climb(linkPath.substring(0, linkPath.lastIndexOf('/') + 1), 0);
    climb(target, depth);
  }

  private static int climb(String path, int from) throws ErrnoException {
    int depth = from;
    for (String name : path.split("/", -1)) {
      switch (name) {
        case "", "." -> {}
        case ".." -> depth--;
        default -> depth++;
      }
      if (depth < 0) {
        throw new ErrnoException(Errno.EPERM);
      }
    }
    return depth;
  }
}
