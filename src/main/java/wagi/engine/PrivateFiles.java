package wagi.engine;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Files and directories that only this user can have written; links are never followed. */
final class PrivateFiles {
  /** Bits of a mode that let others change a file. */
  static final int WRITE_BY_OTHERS = 0022;

  /** Bits of a mode that let others do anything with a file. */
  static final int ANYTHING_BY_OTHERS = 0077;

  private static final int TYPE = 0170000;
  private static final int DIRECTORY = 0040000;
  private static final int REGULAR = 0100000;
  private static final int LINK = 0120000;
  private static final FileAttribute<?> DIRECTORY_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<?> FILE_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final int user;

  /** Takes the number of the user that everything must belong to. */
  PrivateFiles(int user) {
    this.user = user;
  }

  static PrivateFiles ofThisUser() throws UntrustedFileException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) {
      throw new UntrustedFileException("this system's files have no owner and mode to check");
    }
    return new PrivateFiles((int) new UnixSystem().getUid());
  }

  /** Makes the directory if it is missing, and refuses one that others may write to. */
  void directory(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(path, DIRECTORY_MODE);
    }
    check(path, DIRECTORY, WRITE_BY_OTHERS);
  }

  /**
   * Reads a whole file.
   *
   * @param forbidden bits its mode must not have
   * @throws UntrustedFileException if it is not a regular file of ours, or has more bytes
   */
  byte[] read(Path path, int forbidden, long maxBytes) throws IOException {
    check(path, REGULAR, forbidden);
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      long size = channel.size();
      if (size > Math.min(maxBytes, Integer.MAX_VALUE - 8)) {
        throw new UntrustedFileException(
            path + " has " + size + " bytes, expected at most " + maxBytes);
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) size);
      while (bytes.hasRemaining()) {
        if (channel.read(bytes) < 0) {
          throw new UntrustedFileException(path + " became shorter while it was read");
        }
      }
      return bytes.array();
    }
  }

  /** Puts a new file beside the target, for its owner only, and on the disk when this returns. */
  Path writeBeside(Path target, byte[] content) throws IOException {
    String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
    Path temporary = target.resolveSibling(target.getFileName() + "." + random + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            FILE_MODE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
      return temporary;
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  /** Readers see the old file or the new one, never a half. */
  void replace(Path target, byte[] content) throws IOException {
    Path temporary = writeBeside(target, content);
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  private void check(Path path, int type, int forbidden) throws IOException {
    int mode = attribute(path, "unix:mode");
    int owner = attribute(path, "unix:uid");
    if ((mode & TYPE) != type) {
      throw new UntrustedFileException(
          path + " is " + named(mode & TYPE) + ", expected " + named(type));
    }
    if (owner != user) {
      throw new UntrustedFileException(
          path
              + " belongs to user "
              + Integer.toUnsignedString(owner)
              + ", expected "
              + Integer.toUnsignedString(user));
    }
    if ((mode & forbidden) != 0) {
      throw new UntrustedFileException(
          "%s has mode %04o, expected none of the bits of %04o"
              .formatted(path, mode & 07777, forbidden));
    }
  }

  private static int attribute(Path path, String name) throws IOException {
    return (Integer) Files.getAttribute(path, name, LinkOption.NOFOLLOW_LINKS);
  }

  private static String named(int type) {
    return switch (type) {
      case DIRECTORY -> "a directory";
      case REGULAR -> "a regular file";
      case LINK -> "a symbolic link";
      default -> "neither file nor directory";
    };
  }
}
