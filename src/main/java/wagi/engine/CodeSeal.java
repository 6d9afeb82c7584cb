package wagi.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Binds code to a key, a variant and a module: an entry of the cache is a header and the content.
 * The header is a magic number, the name of the key, the content's length, and an HMAC-SHA-256.
 *
 * <p>The HMAC (RFC 2104) is made here from SHA-256, which a start needs anyway: loading {@code
 * javax.crypto} takes longer than reading all of a small server's code.
 */
final class CodeSeal {
  static final int KEY_BYTES = 32;
  static final int HEADER_BYTES = 56;

  private static final long MAGIC = 0x57414749434f4431L;
  private static final int KEY_NAME_AT = 8;
  private static final int LENGTH_AT = 16;
  private static final int MAC_AT = 24;
  private static final int BLOCK_BYTES = 64;

  private final byte[] key;
  private final byte[] variant;
  private final long keyName;

  CodeSeal(byte[] key, String variant) {
    this.key = key.clone();
    this.variant = variant.getBytes(StandardCharsets.UTF_8);
    this.keyName = ByteBuffer.wrap(hmac(key, ByteBuffer.wrap(utf8("name of the key")))).getLong();
  }

  byte[] seal(String sha256, byte[] content) {
    return ByteBuffer.allocate(HEADER_BYTES + content.length)
        .putLong(MAGIC)
        .putLong(keyName)
        .putLong(content.length)
        .put(mac(sha256, ByteBuffer.wrap(content)))
        .put(content)
        .array();
  }

  /** Returns the content, if these bytes were sealed with this key for this variant and module. */
  byte[] open(String sha256, byte[] sealed) throws UntrustedFileException {
    ByteBuffer in = ByteBuffer.wrap(sealed);
    if (sealed.length < HEADER_BYTES) {
      throw new UntrustedFileException(
          "it is truncated: " + sealed.length + " bytes, a header has " + HEADER_BYTES);
    }
    if (in.getLong(0) != MAGIC) {
      throw new UntrustedFileException("it is foreign: it does not begin as an entry does");
    }
    long length = in.getLong(LENGTH_AT);
    if (length != sealed.length - HEADER_BYTES) {
      throw new UntrustedFileException(
          "it is truncated or tampered with: its header says %d bytes, found %d"
              .formatted(length, sealed.length - HEADER_BYTES));
    }
    if (in.getLong(KEY_NAME_AT) != keyName) {
      throw new UntrustedFileException("it is foreign: written under another key");
    }
    byte[] expected = mac(sha256, in.slice(HEADER_BYTES, sealed.length - HEADER_BYTES));
    if (!MessageDigest.isEqual(expected, Arrays.copyOfRange(sealed, MAC_AT, HEADER_BYTES))) {
      throw new UntrustedFileException("it was tampered with: it is not what was written here");
    }
    return Arrays.copyOfRange(sealed, HEADER_BYTES, sealed.length);
  }

  private byte[] mac(String sha256, ByteBuffer content) {
    ByteBuffer lengths =
        ByteBuffer.allocate(12).putInt(variant.length).putLong(content.remaining());
    return hmac(
        key, lengths.flip(), ByteBuffer.wrap(variant), ByteBuffer.wrap(utf8(sha256)), content);
  }

  /** HMAC-SHA-256 for keys of at most a block. */
  static byte[] hmac(byte[] key, ByteBuffer... parts) {
    MessageDigest inner = sha256();
    inner.update(padded(key, 0x36));
    for (ByteBuffer part : parts) {
      inner.update(part);
    }
    MessageDigest outer = sha256();
    outer.update(padded(key, 0x5c));
    return outer.digest(inner.digest());
  }

  private static byte[] padded(byte[] key, int padding) {
    byte[] block = Arrays.copyOf(key, BLOCK_BYTES);
    for (int i = 0; i < block.length; i++) {
      block[i] ^= (byte) padding;
    }
    return block;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
