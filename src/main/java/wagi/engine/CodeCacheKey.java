package wagi.engine;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key a cache's entries are sealed with: random, in a file that only its owner can read. */
final class CodeCacheKey {
  static final String FILE = "key";

  private static final Logger LOG = LoggerFactory.getLogger("wagi.engine");

  private final Path file;
  private final PrivateFiles files;

  CodeCacheKey(Path root, PrivateFiles files) {
    this.file = root.resolve(FILE);
    this.files = files;
  }

  /** Returns the key of the file; makes a new one if there is none that can be trusted. */
  byte[] readOrCreate() throws IOException {
    try {
      return read();
    } catch (NoSuchFileException e) {
      return create();
    } catch (IOException e) {
      Files.deleteIfExists(file);
      byte[] key = create();
      LOG.warn(
          "the key of the code cache cannot be used: {}; made a new one, so all modules are"
              + " compiled again",
          UntrustedFileException.sentence(e));
      return key;
    }
  }

  private byte[] read() throws IOException {
    byte[] key = files.read(file, PrivateFiles.ANYTHING_BY_OTHERS, CodeSeal.KEY_BYTES);
    if (key.length != CodeSeal.KEY_BYTES) {
      throw new UntrustedFileException(
          "%s has %d bytes, expected %d".formatted(file, key.length, CodeSeal.KEY_BYTES));
    }
    return key;
  }

  /** What the file has in the end is the key: another process may have been faster. */
  private byte[] create() throws IOException {
    byte[] key = new byte[CodeSeal.KEY_BYTES];
    new SecureRandom().nextBytes(key);
    Path temporary = files.writeBeside(file, key);
    try {
      publish(temporary);
    } finally {
      Files.deleteIfExists(temporary);
    }
    return read();
  }

  private void publish(Path temporary) throws IOException {
    try {
      // unlike a move, a link never replaces the key of a process that was faster
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException e) {
      LOG.debug("another process made the key of the code cache first");
    } catch (FileSystemException | UnsupportedOperationException e) {
      LOG.debug("the file system of the code cache has no hard links");
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
