package wagi.wasi;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Random bytes for one thread: an AES keystream whose key is replaced after every block and mixed
 * with the system's randomness now and then.
 *
 * <p>The system's generator has one lock for all threads, so it only gives seeds. The first bytes
 * of each block become the next key and bytes given out are erased: who sees this object cannot
 * tell what it has given before.
 */
final class KeystreamRandom {
  private static final SecureRandom SYSTEM = new SecureRandom();
  private static final int KEY_BYTES = 32;
  private static final int BLOCK_BYTES = 4096;
  private static final int BLOCKS_PER_SEED = 256;
  private static final byte[] ZEROS = new byte[BLOCK_BYTES];
  private static final IvParameterSpec ZERO_IV = new IvParameterSpec(new byte[16]);

  private final Cipher cipher = aes();
  private final byte[] key = new byte[KEY_BYTES];
  private final byte[] block = new byte[BLOCK_BYTES];
  private int position = BLOCK_BYTES;
  private int blocksUntilSeed;

  void fill(byte[] to, int offset, int length) {
    int end = offset + length;
    int at = offset;
    while (at < end) {
      if (position == BLOCK_BYTES) {
        refill();
      }
      int n = Math.min(end - at, BLOCK_BYTES - position);
      System.arraycopy(block, position, to, at, n);
      Arrays.fill(block, position, position + n, (byte) 0);
      position += n;
      at += n;
    }
  }

  private void refill() {
    if (blocksUntilSeed == 0) {
      seed();
      blocksUntilSeed = BLOCKS_PER_SEED;
    }
    blocksUntilSeed--;
    try {
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), ZERO_IV);
      cipher.doFinal(ZEROS, 0, BLOCK_BYTES, block, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES failed", e);
    }
    System.arraycopy(block, 0, key, 0, KEY_BYTES);
    Arrays.fill(block, 0, KEY_BYTES, (byte) 0);
    position = KEY_BYTES;
  }

  private void seed() {
    byte[] fresh = new byte[KEY_BYTES];
    SYSTEM.nextBytes(fresh);
    for (int i = 0; i < KEY_BYTES; i++) {
      key[i] ^= fresh[i];
    }
  }

  private static Cipher aes() {
    try {
      return Cipher.getInstance("AES/CTR/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no AES", e);
    }
  }
}
