package wagi.module;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a module on disk, as a WebAssembly binary whatever the file holds.
 *
 * @param digest of the file, as {@code sha256:<hex>}
 */
@SuppressWarnings("ArrayRecordComponent") // copied for nobody: up to 64 MiB, read once
public record ModuleFile(String digest, byte[] wasm) {
  private static final int MAX_BYTES = 64 << 20;

  /** Where the binaries of texts are kept, by the digest of the text, as 64 hexadecimal digits. */
  public interface Translations {
    byte @Nullable [] get(String sha256);

    void put(String sha256, byte[] wasm);
  }

  /** Reads any module, and keeps nothing. */
  public static ModuleFile read(Path file) throws ModuleFileException {
    byte[] bytes = bytes(file);
    return new ModuleFile(
        "sha256:" + sha256(bytes), isBinary(bytes) ? bytes : WebAssemblyText.toBinary(file, bytes));
  }

  /**
   * Reads a module; text is recognised by what it holds, not by its name.
   *
   * @param wantedDigest refuse any other file; null takes every file
   * @param translations what texts were translated to before
   */
  public static ModuleFile read(Path file, @Nullable String wantedDigest, Translations translations)
      throws ModuleFileException {
    byte[] bytes = bytes(file);
    String sha256 = sha256(bytes);
    String digest = "sha256:" + sha256;
    if (wantedDigest != null && !digest.equals(wantedDigest)) {
      throw new ModuleFileException(file + " has digest " + digest + ", expected " + wantedDigest);
    }
    if (isBinary(bytes)) {
      return new ModuleFile(digest, bytes);
    }
    byte[] kept = translations.get(sha256);
    byte[] wasm = kept == null ? WebAssemblyText.toBinary(file, bytes) : kept;
    if (kept == null) {
      translations.put(sha256, wasm);
    }
    return new ModuleFile(digest, wasm);
  }

  private static boolean isBinary(byte[] bytes) {
    return bytes.length >= 4
        && bytes[0] == 0
        && bytes[1] == 'a'
        && bytes[2] == 's'
        && bytes[3] == 'm';
  }

  private static byte[] bytes(Path file) throws ModuleFileException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new ModuleFileException(file + " is larger than " + MAX_BYTES + " bytes");
      }
      if (bytes.length == 0) {
        throw new ModuleFileException(file + " is empty");
      }
      return bytes;
    } catch (IOException e) {
      throw new ModuleFileException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
