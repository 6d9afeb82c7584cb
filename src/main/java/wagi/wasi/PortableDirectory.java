package wagi.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wagi.engine.Preopen;

/**
 * A directory on a system whose calls we do not make ourselves. Its volume is for reading only,
 * whatever was configured.
 */
final class PortableDirectory implements Directory {
  /** Names of entries that one directory may make us hold: they are read all at once. */
  private static final int MAX_NAMES = 65_536;

  private static final int DOTS = 2;

  private final Path hostPath;
  private final @Nullable String preopenName;
  private @Nullable Path realPath;
  private @Nullable List<Path> names;

  private PortableDirectory(Path hostPath, @Nullable String preopenName, @Nullable Path realPath) {
    this.hostPath = hostPath;
    this.preopenName = preopenName;
    this.realPath = realPath;
  }

  /** Touches no disk: most guests never look into their volumes. */
  static PortableDirectory of(Preopen preopen) {
    return new PortableDirectory(preopen.hostPath(), preopen.guestPath(), null);
  }

  @Override
  public @Nullable String preopenName() {
    return preopenName;
  }

  @Override
  public FileStatus status() throws IOException {
    return FileStatus.of(root());
  }

  @Override
  public FileStatus status(String path, boolean follow) throws IOException, ErrnoException {
    return FileStatus.of(existing(path, follow).path());
  }

  @Override
  public String readLink(String path) throws IOException, ErrnoException {
    PathResolution.Resolved found = existing(path, false);
    if (found.type() != Filetype.SYMBOLIC_LINK) {
      throw new ErrnoException(Errno.EINVAL);
    }
    Path target = Files.readSymbolicLink(found.path());
    if (target.isAbsolute()) {
      throw new ErrnoException(Errno.EPERM);
    }
    return target.toString();
  }

  @Override
  public Resource open(String path, OpenHow how) throws IOException, ErrnoException {
    PathResolution.Resolved found = resolve(path, how.follow());
    how.check(found.type(), false);
    FileStatus status = FileStatus.of(found.path());
    return switch (status.type()) {
      case DIRECTORY -> new PortableDirectory(found.path(), null, found.path());
      case REGULAR_FILE ->
          new PortableFile(
              FileChannel.open(found.path(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS),
              status);
      case SYMBOLIC_LINK -> throw new ErrnoException(Errno.ELOOP);
      case UNKNOWN, BLOCK_DEVICE, CHARACTER_DEVICE, SOCKET_DGRAM, SOCKET_STREAM ->
          throw new ErrnoException(Errno.ENOTSUP);
    };
  }

  /**
   * A cookie is the number of entries before: {@code .}, {@code ..}, then names in order. They are
   * read anew when the guest starts at the beginning, so that cookies stay true in between.
   */
  @Override
  public void entries(long cookie, int atMostBytes, Entries to) throws IOException, ErrnoException {
    if (cookie < 0) {
      throw new ErrnoException(Errno.EINVAL);
    }
    List<Path> listed = names;
    if (listed == null || cookie == 0) {
      names = null;
      listed = list();
      names = listed;
    }
    boolean more = true;
    for (long i = cookie; i < listed.size() + DOTS && more; i++) {
      boolean dots = i < DOTS;
      String name = dots ? ".".repeat((int) i + 1) : listed.get((int) i - DOTS).toString();
      FileStatus status = dots ? status() : entry(name);
      more = to.take(i + 1, status.inode(), status.type(), name.getBytes(UTF_8));
    }
  }

  // Something unknown if it has gone since.
  private FileStatus entry(String name) {
    try {
      return FileStatus.of(root().resolve(name));
    } catch (IOException e) {
      return FileStatus.UNKNOWN;
    }
  }

  private List<Path> list() throws IOException, ErrnoException {
    List<Path> listed = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root())) {
      for (Path entry : entries) {
        if (listed.size() >= MAX_NAMES) {
          throw new ErrnoException(Errno.ENOMEM);
        }
        listed.add(entry.getFileName());
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Collections.sort(listed);
    return listed;
  }

  // The operator's own links on the way to a volume are followed, once.
  private Path root() throws IOException {
    Path root = realPath;
    if (root == null) {
      root = hostPath.toRealPath();
      realPath = root;
    }
    return root;
  }

  private PathResolution.Resolved resolve(String path, boolean follow)
      throws IOException, ErrnoException {
    return new PathResolution(root(), path).resolve(follow);
  }

  private PathResolution.Resolved existing(String path, boolean follow)
      throws IOException, ErrnoException {
    return resolve(path, follow).existing();
  }

  // From here on: what a read-only volume answers, after the errors that any volume would give.

  @Override
  public void createDirectory(String path) throws IOException, ErrnoException {
    refuseNew(path);
  }

  @Override
  public void removeDirectory(String path) throws IOException, ErrnoException {
    refuseChange(path, false);
  }

  @Override
  public void unlinkFile(String path) throws IOException, ErrnoException {
    refuseChange(path, false);
  }

  @Override
  public void symlink(String target, String path) throws IOException, ErrnoException {
    refuseNew(path);
  }

  @Override
  public void link(String path, boolean follow, Directory toDirectory, String to)
      throws IOException, ErrnoException {
    existing(path, follow);
    if (toDirectory instanceof PortableDirectory directory) {
      directory.refuseNew(to);
    }
    throw new ErrnoException(Errno.EROFS);
  }

  @Override
  public void rename(String path, Directory toDirectory, String to)
      throws IOException, ErrnoException {
    existing(path, false);
    if (toDirectory instanceof PortableDirectory directory) {
      directory.resolve(to, false);
    }
    throw new ErrnoException(Errno.EROFS);
  }

  @Override
  public void setTimes(String path, boolean follow, FileTimes times)
      throws IOException, ErrnoException {
    refuseChange(path, follow);
  }

  @Override
  public void setTimes(FileTimes times) throws ErrnoException {
    throw new ErrnoException(Errno.EROFS);
  }

  @Override
  public void sync(boolean dataOnly) {}

  @Override
  public void setFlags(int fdflags) {}

  @Override
  public long possible(long rights) {
    return rights & Rights.DIRECTORY;
  }

  private void refuseNew(String path) throws IOException, ErrnoException {
    throw new ErrnoException(resolve(path, false).type() != null ? Errno.EEXIST : Errno.EROFS);
  }

  private void refuseChange(String path, boolean follow) throws IOException, ErrnoException {
    existing(path, follow);
    throw new ErrnoException(Errno.EROFS);
  }

  @Override
  public void close() {
    names = null;
  }
}
