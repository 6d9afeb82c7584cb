package wagi.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** The files of a code cache: one sealed entry per module, in a directory per variant. */
final class CodeStore {
  private final Path root;
  private final Path directory;
  private final long maxBytes;
  private final PrivateFiles files;
  private final CodeSeal seal;
  private final CodeStoreSpace space;

  private CodeStore(Path root, String variant, long maxBytes, PrivateFiles files)
      throws IOException {
    this.root = root;
    this.directory = root.resolve(variant);
    this.maxBytes = maxBytes;
    this.files = files;
    this.seal = new CodeSeal(new CodeCacheKey(root, files).readOrCreate(), variant);
    this.space = new CodeStoreSpace(root, directory, maxBytes);
  }

  static CodeStore open(Path root, String variant, long maxBytes, PrivateFiles files)
      throws IOException {
    Path absolute = root.toAbsolutePath();
    files.directory(absolute);
    files.directory(absolute.resolve(variant));
    CodeStore store = new CodeStore(absolute, variant, maxBytes, files);
    store.space.sweep(null);
    return store;
  }

  Path root() {
    return root;
  }

  /**
   * Returns what was put for the module.
   *
   * @throws NoSuchFileException if there is nothing
   * @throws UntrustedFileException if what is there is not what was put
   */
  byte[] get(String sha256) throws IOException {
    Path file = file(sha256);
    byte[] sealed = files.read(file, PrivateFiles.WRITE_BY_OTHERS, maxBytes);
    byte[] content = seal.open(sha256, sealed);
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      // evicted meanwhile by another process: what was read is good all the same
    }
    return content;
  }

  void put(String sha256, byte[] content) throws IOException {
    if (content.length > maxBytes - CodeSeal.HEADER_BYTES
        || content.length > Integer.MAX_VALUE - 1024) {
      return;
    }
    files.directory(directory); // another process may have evicted it
    Path file = file(sha256);
    files.replace(file, seal.seal(sha256, content));
    space.sweep(file);
  }

  void delete(String sha256) throws IOException {
    Files.deleteIfExists(file(sha256));
  }

  private Path file(String sha256) {
    return directory.resolve(sha256 + CodeStoreSpace.SUFFIX);
  }
}
