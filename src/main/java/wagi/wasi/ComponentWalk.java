package wagi.wasi;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One walk from a directory along a path: each component is opened from the descriptor of the one
 * before and no link is followed by the system, so that a rename cannot mislead it.
 */
final class ComponentWalk {
  private static final int MAX_LINKS = 40;

  /** Directories open at once, each a descriptor. */
  private static final int MAX_DEPTH = 256;

  private final Linux linux;
  private final int start;
  private final Deque<String> pending = new ArrayDeque<>();
  private final Deque<Integer> entered = new ArrayDeque<>();
  private int links;

  ComponentWalk(Linux linux, int start) {
    this.linux = linux;
    this.start = start;
  }

  int openDirectory(String path) throws ErrnoException {
    try {
      prepend(path);
      while (!pending.isEmpty()) {
        step(pending.pop());
      }
      return entered.isEmpty()
          ? linux.openat(start, ".", Linux.O_PATH | Linux.O_DIRECTORY)
          : entered.pop();
    } finally {
      entered.forEach(linux::close);
    }
  }

  private void step(String name) throws ErrnoException {
    switch (name) {
      case "", "." -> {}
      case ".." -> {
        if (entered.isEmpty()) {
          throw new ErrnoException(Errno.EPERM);
        }
        linux.close(entered.pop());
      }
      default -> enter(name);
    }
  }

  private void enter(String name) throws ErrnoException {
    if (entered.size() == MAX_DEPTH) {
      throw new ErrnoException(Errno.ENAMETOOLONG);
    }
    int from = entered.isEmpty() ? start : entered.peek();
    try {
      entered.push(linux.openat(from, name, Linux.O_PATH | Linux.O_DIRECTORY));
    } catch (ErrnoException e) {
      if (e.errno() != Errno.ENOTDIR && e.errno() != Errno.ELOOP) {
        throw e;
      }
      follow(from, name);
    }
  }

  private void follow(int from, String name) throws ErrnoException {
    if (++links > MAX_LINKS) {
      throw new ErrnoException(Errno.ELOOP);
    }
    try {
      prepend(linux.readlinkat(from, name));
    } catch (ErrnoException e) {
      throw e.errno() == Errno.EINVAL ? new ErrnoException(Errno.ENOTDIR) : e;
    }
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
}
