package wagi.wasi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One walk from a directory along a guest's path, component by component, that never leaves the
 * directory: links are read here, not by the system, and a target that is absolute or climbs above
 * the directory is refused.
 *
 * <p>Somebody else who replaces a directory by a link during the walk could still mislead it, so
 * this is for volumes that guests cannot write.
 */
final class PathResolution {
  private static final int MAX_LINKS = 40;

  private final Deque<String> pending = new ArrayDeque<>();
  private Path current;
  private int depth;
  private int links;

  /**
   * Where a path leads.
   *
   * @param path all but its last component are directories; the last is no link if links were
   *     followed
   * @param type null if nothing is there
   */
  record Resolved(Path path, @Nullable Filetype type) {
    Resolved existing() throws ErrnoException {
      if (type == null) {
        throw new ErrnoException(Errno.ENOENT);
      }
      return this;
    }
  }

  PathResolution(Path root, String path) throws ErrnoException {
    current = root;
    if (path.isEmpty()) {
      throw new ErrnoException(Errno.ENOENT);
    }
    prepend(path);
  }

  /**
   * Walks.
   *
   * @param follow also a link that is the path's last component; a slash after it means the same
   */
  Resolved resolve(boolean follow) throws IOException, ErrnoException {
    while (true) {
      String name = pending.pop();
      boolean last = pending.isEmpty();
      if (name.isEmpty() || name.equals(".")) {
        if (last) {
          return new Resolved(current, Filetype.DIRECTORY);
        }
        continue;
      }
      if (name.equals("..")) {
        climb();
        if (last) {
          return new Resolved(current, Filetype.DIRECTORY);
        }
        continue;
      }
      Path child = child(name);
      Filetype type = typeOf(child);
      if (type == Filetype.SYMBOLIC_LINK && (follow || !last)) {
        followLink(child);
      } else if (last) {
        return new Resolved(child, type);
      } else {
        enter(child, type);
      }
    }
  }

  private void climb() throws ErrnoException {
    Path parent = current.getParent();
    if (depth == 0 || parent == null) {
      throw new ErrnoException(Errno.EPERM);
    }
    current = parent;
    depth--;
  }

  private void enter(Path child, @Nullable Filetype type) throws ErrnoException {
    if (type != Filetype.DIRECTORY) {
      throw new ErrnoException(type == null ? Errno.ENOENT : Errno.ENOTDIR);
    }
    current = child;
    depth++;
  }

  private void followLink(Path link) throws IOException, ErrnoException {
    if (++links > MAX_LINKS) {
      throw new ErrnoException(Errno.ELOOP);
    }
    prepend(Files.readSymbolicLink(link).toString());
  }

  private void prepend(String path) throws ErrnoException {
    if (path.startsWith("/")) {
      throw new ErrnoException(Errno.EPERM);
    }
    String[] components = path.split("/", -1);
    for (int i = components.length - 1; i >= 0; i--) {
      pending.push(components[i]);
    }
  }

  private Path child(String name) throws ErrnoException {
    Path child;
    try {
      child = current.resolve(name);
    } catch (InvalidPathException e) {
      throw new ErrnoException(Errno.EILSEQ);
    }
    // On another system a name may hold a separator of that system.
    if (!current.equals(child.getParent())) {
      throw new ErrnoException(Errno.EPERM);
    }
    return child;
  }

  private static @Nullable Filetype typeOf(Path path) throws IOException {
    try {
      return FileStatus.typeOf(
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
