package wagi.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class CodeSealTest {
  private static final String MODULE = "0a".repeat(32);
  private static final CodeSeal SEAL = new CodeSeal(new byte[32], "v");
  private static final byte[] CONTENT = {1, 2, 3};

  /** Test cases 1 to 4 of RFC 4231. */
  @Test
  void hmacIsThatOfRfc4231() {
    hmac(
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        "0b".repeat(20),
        "4869205468657265");
    hmac(
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "4a656665",
        HexFormat.of().formatHex("what do ya want for nothing?".getBytes(US_ASCII)));
    hmac(
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
        "aa".repeat(20),
        "dd".repeat(50));
    hmac(
        "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
        "0102030405060708090a0b0c0d0e0f10111213141516171819",
        "cd".repeat(50));
  }

  private static void hmac(String expected, String key, String data) {
    byte[] bytes = HexFormat.of().parseHex(data);
    byte[] mac =
        CodeSeal.hmac(
            HexFormat.of().parseHex(key),
            ByteBuffer.wrap(bytes, 0, 3),
            ByteBuffer.wrap(bytes, 3, bytes.length - 3));
    assertEquals(expected, HexFormat.of().formatHex(mac));
  }

  @Test
  void whatWasSealedOpens() throws UntrustedFileException {
    assertArrayEquals(CONTENT, SEAL.open(MODULE, SEAL.seal(MODULE, CONTENT)));
    assertArrayEquals(new byte[0], SEAL.open(MODULE, SEAL.seal(MODULE, new byte[0])));
  }

  @Test
  void anotherModuleDoesNotOpen() {
    refused("tampered with", SEAL, "0b".repeat(32), SEAL.seal(MODULE, CONTENT));
  }

  @Test
  void anotherVariantDoesNotOpen() {
    refused("tampered", new CodeSeal(new byte[32], "w"), MODULE, SEAL.seal(MODULE, CONTENT));
  }

  @Test
  void anotherKeyDoesNotOpen() {
    byte[] key = new byte[32];
    key[31] = 1;
    refused("another key", new CodeSeal(key, "v"), MODULE, SEAL.seal(MODULE, CONTENT));
  }

  /** An attacker can copy the key's name from another entry, but not make the rest fit. */
  @Test
  void nameOfTheKeyIsNotTheKey() {
    byte[] key = new byte[32];
    key[31] = 1;
    byte[] forged = new CodeSeal(key, "v").seal(MODULE, CONTENT);
    System.arraycopy(SEAL.seal(MODULE, CONTENT), 0, forged, 0, 24);
    refused("tampered with", SEAL, MODULE, forged);
  }

  @Test
  void foreignFileDoesNotOpen() {
    refused("foreign", SEAL, MODULE, new byte[200]);
  }

  @Test
  void longerFileDoesNotOpen() {
    byte[] sealed = SEAL.seal(MODULE, CONTENT);
    refused("header says 3 bytes, found 4", SEAL, MODULE, Arrays.copyOf(sealed, sealed.length + 1));
  }

  private static void refused(String why, CodeSeal seal, String module, byte[] sealed) {
    UntrustedFileException refused =
        assertThrows(UntrustedFileException.class, () -> seal.open(module, sealed));
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains(why), message);
  }
}
