package wagi.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiled code on disk, so that a second start compiles nothing. What it returns was put by this
 * user, for this module and variant; any doubt is a miss and costs a compilation. Several processes
 * may share one.
 */
final class CodeCache {
  private static final Logger LOG = LoggerFactory.getLogger("wagi.engine");
  private static final Pattern VARIANT = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final @Nullable CodeStore store;
  private final AtomicBoolean complained = new AtomicBoolean();

  private CodeCache(@Nullable CodeStore store) {
    this.store = store;
  }

  /** Returns a variant's name: all that decides what code is made of the same module. */
  static String variant(String engineVersion, String options) {
    return engineVersion + "-" + shortHash(options) + "-jdk" + Runtime.version().feature();
  }

  /**
   * Opens the cache; one that cannot be trusted or made is off, which is said once.
   *
   * @param root a directory that nobody else can write to; made if missing
   * @param variant see {@link #variant}; code of one is never seen by another
   * @param maxBytes what all variants together may take
   */
  static CodeCache in(Path root, String variant, long maxBytes) {
    if (!VARIANT.matcher(variant).matches()) {
      throw new IllegalArgumentException(
          "expected a variant of a-z, 0-9, dot, underscore and dash, found " + variant);
    }
    try {
      return new CodeCache(CodeStore.open(root, variant, maxBytes, PrivateFiles.ofThisUser()));
    } catch (IOException e) {
      LOG.warn(
          "code cache off: {}; modules are compiled at every start until {} is a directory that"
              + " only this user can write to",
          UntrustedFileException.sentence(e),
          root);
      return new CodeCache(null);
    }
  }

  /** Returns what was put for the module with this digest, or null. */
  byte @Nullable [] get(String sha256) {
    check(sha256);
    if (store == null) {
      return null;
    }
    try {
      return store.get(sha256);
    } catch (NoSuchFileException e) {
      return null;
    } catch (UntrustedFileException e) {
      LOG.warn(
          "deleted the code cache's entry of module {}: {}; the module is compiled again",
          sha256,
          e.getMessage());
      delete(store, sha256);
      return null;
    } catch (IOException e) {
      complain(store, "read", e);
      return null;
    }
  }

  void put(String sha256, byte[] content) {
    check(sha256);
    if (store == null) {
      return;
    }
    try {
      store.put(sha256, content);
    } catch (NoSuchFileException e) {
      LOG.debug("another process emptied the code cache while module {} was put", sha256);
    } catch (IOException e) {
      complain(store, "written", e);
    }
  }

  private void delete(CodeStore store, String sha256) {
    try {
      store.delete(sha256);
    } catch (IOException e) {
      complain(store, "cleaned", e);
    }
  }

  private void complain(CodeStore store, String what, IOException e) {
    if (complained.compareAndSet(false, true)) {
      LOG.warn(
          "the code cache {} cannot be {}: {}; modules it lacks are compiled at every start; this"
              + " is said once",
          store.root(),
          what,
          UntrustedFileException.sentence(e));
    }
  }

  private static void check(String sha256) {
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException("expected 64 hexadecimal digits, found " + sha256);
    }
  }

  private static String shortHash(String options) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(options.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
