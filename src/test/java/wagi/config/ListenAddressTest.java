package wagi.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ListenAddressTest {
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0:3001, 0.0.0.0, 3001",
    ":3001, 0.0.0.0, 3001",
    "3001, 0.0.0.0, 3001",
    "[::1]:3000, ::1, 3000",
    "LocalHost:3000, localhost, 3000",
    "127.0.0.1:0, 127.0.0.1, 0",
    "my-host.example.com:65535, my-host.example.com, 65535",
  })
  void everyFormIsRead(String text, String host, int port) {
    assertEquals(new ListenAddress(host, port), ListenAddress.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ":", "localhost", "127.0.0.1", "1.2.3:80", "::1:3000", "[::1]", "[x]:1",
            "[127.0.0.1]:1",
        "a b:1", "a:65536", "a:-1", "a:+1", "a:000001", "http://a:1", "a:1/", "256.1.1.1:1",
            "a..b:1",
      })
  void otherTextIsNone(String text) {
    assertNull(ListenAddress.parse(text));
  }

  @Test
  void sixIsWrittenInBrackets() {
    assertEquals("[::1]:3000", new ListenAddress("::1", 3000).toString());
  }

  @Test
  void wildcardAndLoopbackAreOfThisMachine() {
    assertTrue(address("[::]:1").isLocal());
    assertTrue(address("0.0.0.0:1").isWildcard());
    assertTrue(address("127.0.0.9:1").isLocal());
    assertTrue(address("localhost:1").isLocal());
  }

  @Test
  void foreignAddressAndNameAreNot() {
    assertFalse(address("192.0.2.1:1").isLocal());
    assertFalse(address("www.example.com:1").isLocal());
    assertFalse(address("127.0.0.1:1").isWildcard());
  }

  private static ListenAddress address(String text) {
    return Objects.requireNonNull(ListenAddress.parse(text));
  }
}
