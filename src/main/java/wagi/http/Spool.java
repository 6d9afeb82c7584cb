package wagi.http;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** The private directory where large request bodies wait, without names, until they are used. */
final class Spool {
  private static final FileAttribute<?> FOR_US_ALONE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final Set<StandardOpenOption> NEW_AND_NAMELESS =
      Set.of(
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.DELETE_ON_CLOSE);

  private final Path directory;
  private final long bytesMax;
  private final AtomicLong bytes = new AtomicLong();

  Spool(Path directory, long bytesMax) throws IOException {
    this.directory = directory;
    this.bytesMax = bytesMax;
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /**
   * Opens a file that is unlinked at once where the system can, and when it is closed elsewhere.
   */
  FileChannel create() throws IOException {
    Path file = directory.resolve("body-" + UUID.randomUUID());
    return FileChannel.open(file, NEW_AND_NAMELESS, FOR_US_ALONE);
  }

  /** Takes room for bytes to be written. */
  void reserve(long count) throws IOException {
    if (bytes.addAndGet(count) > bytesMax) {
      bytes.addAndGet(-count);
      throw new IOException(
          "request bodies on disk take more than " + bytesMax + " bytes together, which is fixed");
    }
  }

  void release(long count) {
    bytes.addAndGet(-count);
  }
}
