package wagi.cgi;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class CgiSettingsTest {
  @Test
  void serverNameIsHostOrHostAndPort() {
    assertDoesNotThrow(() -> new CgiSettings("www.example.com", false, Map.of()));
    assertDoesNotThrow(() -> new CgiSettings("[::1]:3000", false, Map.of()));
  }

  @Test
  void serverNameThatIsNoHostIsRefused() {
    Exception refused =
        assertThrows(IllegalArgumentException.class, () -> new CgiSettings("a b", false, Map.of()));
    assertEquals("server name must be host or host:port, found \"a b\"", refused.getMessage());
  }
}
