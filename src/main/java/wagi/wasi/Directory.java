package wagi.wasi;

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
 * A directory that a guest may look into, read-only. All access to the host's files by path goes
 * through here.
 */
final class Directory implements Resource {
  private final Path hostPath;
  private final @Nullable String preopenName;
  private @Nullable Path realPath;
  private @Nullable List<Path> names;

  private Directory(Path hostPath, @Nullable String preopenName, @Nullable Path realPath) {
    this.hostPath = hostPath;
    this.preopenName = preopenName;
    this.realPath = realPath;
  }

  /** Touches no disk: most guests never look into their volumes. */
  static Directory of(Preopen preopen) {
    return new Directory(preopen.hostPath(), preopen.guestPath(), null);
  }

  /** Returns the name under which the guest finds it at its start; null if opened later. */
  @Nullable String preopenName() {
    return preopenName;
  }

  @Override
  public Filetype type() {
    return Filetype.DIRECTORY;
  }

  @Override
  public FileStatus status() throws IOException {
    return FileStatus.of(root());
  }

  /** Finds what a path of the guest names, or that nothing is there. */
  PathResolution.Resolved resolve(String path, boolean follow) throws IOException, ErrnoException {
    return new PathResolution(root(), path).resolve(follow);
  }

  /** Returns the attributes of what {@link #resolve} found. */
  FileStatus status(PathResolution.Resolved found) throws IOException, ErrnoException {
    return FileStatus.of(found.existing().path());
  }

  /** Returns where a link points; not if it names a place on the host. */
  String readLink(PathResolution.Resolved found) throws IOException, ErrnoException {
    if (found.existing().type() != Filetype.SYMBOLIC_LINK) {
      throw new ErrnoException(Errno.EINVAL);
    }
    Path target = Files.readSymbolicLink(found.path());
    if (target.isAbsolute()) {
      throw new ErrnoException(Errno.EPERM);
    }
    return target.toString();
  }

  /** Opens what {@link #resolve} found, if it is of a kind that opens at once. */
  Resource open(PathResolution.Resolved found) throws IOException, ErrnoException {
    FileStatus status = FileStatus.of(found.path());
    return switch (status.type()) {
      case DIRECTORY -> new Directory(found.path(), null, found.path());
      case REGULAR_FILE ->
          new OpenFile(
              FileChannel.open(found.path(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS),
              status);
      case SYMBOLIC_LINK -> throw new ErrnoException(Errno.ELOOP);
      case UNKNOWN, BLOCK_DEVICE, CHARACTER_DEVICE, SOCKET_DGRAM, SOCKET_STREAM ->
          throw new ErrnoException(Errno.ENOTSUP);
    };
  }

  /**
   * Returns the names in it, sorted; read anew when the guest starts at the beginning, so that
   * cookies stay true in between.
   */
  List<Path> names(boolean anew, int atMost) throws IOException, ErrnoException {
    List<Path> listed = names;
    if (listed == null || anew) {
      names = null;
      listed = list(atMost);
      names = listed;
    }
    return listed;
  }

  /** Returns how many names it holds in memory. */
  int namesHeld() {
    return names == null ? 0 : names.size();
  }

  /** Returns the attributes of an entry; of something unknown if it has gone since. */
  FileStatus entry(Path name) {
    try {
      return FileStatus.of(root().resolve(name));
    } catch (IOException e) {
      return FileStatus.UNKNOWN;
    }
  }

  private List<Path> list(int atMost) throws IOException, ErrnoException {
    List<Path> listed = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root())) {
      for (Path entry : entries) {
        if (listed.size() >= atMost) {
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

  @Override
  public void close() {
    names = null;
  }
}
