package wagi.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a header of the PROXY protocol may be. */
final class ProxyHeaderTest {
  private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";
  private static final String FOUR = "\1\2\3\4" + "\5\6\7\10" + "\22\147" + "\1\273";
  private static final int LINE_MAX = 107;
  private static final int FIXED = 16;
  private static final int REST_MAX = 1024;

  private final ProxyHeader header = new ProxyHeader();
  private int taken;

  /** Gives the header what it wants of these bytes until it is whole or they are used up. */
  private void read(String text) throws IOException {
    byte[] bytes = text.getBytes(ISO_8859_1);
    for (int wanted = header.wanted(); wanted > 0; wanted = header.wanted()) {
      int count = Math.min(wanted, bytes.length - taken);
      if (count == 0) {
        throw new AssertionError("waits for " + wanted + " more bytes");
      }
      header.add(ByteBuffer.wrap(bytes, taken, count));
      taken += count;
    }
  }

  private static String line(int bytes) {
    String start = "PROXY UNKNOWN ";
    return start + "x".repeat(bytes - start.length() - 2) + "\r\n";
  }

  private static String binary(int rest, String extensions) {
    return SIGNATURE + "\41\21" + (char) (rest >> 8) + (char) (rest & 0xff) + FOUR + extensions;
  }

  /** As many of these as fit, and one that fills what is left. */
  private static String extensions(int bytes) {
    String one = "\4\0\5hello";
    int count = Math.max(0, bytes / one.length() - 1);
    int rest = bytes - count * one.length() - 3;
    return one.repeat(count) + "\4" + (char) (rest >> 8) + (char) (rest & 0xff) + "x".repeat(rest);
  }

  @Test
  void lineOf107BytesIsRead() throws IOException {
    read(line(LINE_MAX) + "GET /");
    assertNull(header.addresses());
    assertEquals(LINE_MAX, taken);
  }

  @Test
  void longestAddressesFitIntoALine() throws IOException {
    String address = "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";
    read("PROXY TCP6 " + address + " " + address + " 65535 65535\r\nGET /");
    ProxyHeader.Addresses addresses = header.addresses();
    assertNotNull(addresses);
    assertEquals(65_535, addresses.remote().getPort());
  }

  @ParameterizedTest
  @ValueSource(ints = {LINE_MAX + 1, LINE_MAX + 2, 1000, 65_536})
  void longerLineIsRefusedAtByte107(int bytes) {
    assertThrows(IOException.class, () -> read(line(bytes)));
    assertEquals(LINE_MAX, taken);
  }

  @Test
  void addressesThatStandBehindByte107AreRefused() {
    String line = "PROXY TCP4 1.2.3.4 5.6.7.8" + " ".repeat(LINE_MAX) + "4711 443\r\n";
    assertThrows(IOException.class, () -> read(line));
    assertEquals(LINE_MAX, taken);
  }

  @Test
  void extensionsUpTo1024BytesAreReadAndLeftOut() throws IOException {
    read(binary(REST_MAX, extensions(REST_MAX - FOUR.length())) + "GET /");
    ProxyHeader.Addresses addresses = header.addresses();
    assertNotNull(addresses);
    assertEquals("/1.2.3.4:4711", addresses.remote().toString());
    assertEquals(FIXED + REST_MAX, taken);
  }

  @ParameterizedTest
  @ValueSource(ints = {REST_MAX + 1, REST_MAX + 256, 32_768, 65_535})
  void lengthBeyondIsRefusedBeforeAnyOfItIsRead(int rest) {
    String whole = binary(rest, extensions(rest - FOUR.length()));
    assertEquals(FIXED + rest, whole.length());
    assertThrows(IOException.class, () -> read(whole));
    assertEquals(FIXED, taken);
  }

  @ParameterizedTest
  @ValueSource(ints = {REST_MAX + 1, 65_535})
  void lengthBeyondIsRefusedThoughNothingFollows(int rest) {
    String head = binary(rest, "").substring(0, FIXED);
    assertThrows(IOException.class, () -> read(head));
    assertEquals(FIXED, taken);
  }

  @Test
  void lengthBeyondIsRefusedOfAConnectionOfTheBalancersOwn() {
    assertThrows(IOException.class, () -> read(SIGNATURE + "\40\0\u00ff\u00ff"));
    assertEquals(FIXED, taken);
  }
}
