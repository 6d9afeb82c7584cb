package wagi.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GuestLogTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @AfterEach
  void restore() {
    Logging.configure(LogLevel.WARN, LogFormat.TEXT, System.err);
  }

  @Test
  void lineNamesModuleRequestAndRoute() {
    Logging.configure(LogLevel.INFO, LogFormat.TEXT, err);
    new GuestLog().line("7d1f", "hello", "/hello/...", "hi {} there", false);

    assertEquals(
        "INFO  guest.hello: [request_id=7d1f route=/hello/...] hi {} there\n", afterTime());
  }

  @Test
  void jsonHasThemAsFields() {
    Logging.configure(LogLevel.INFO, LogFormat.JSON, err);
    new GuestLog().line("7d1f", "hello", "/hello/...", "hi", false);

    String expected =
        """
        "level":"INFO","logger":"guest.hello","request_id":"7d1f","route":"/hello/...",\
        "message":"hi"}
        """;
    assertEquals(expected, err.toString(UTF_8).replaceFirst("^\\{\"time\":\"[^\"]+\",", ""));
  }

  private String afterTime() {
    return err.toString(UTF_8).replaceFirst("^\\S+Z ", "");
  }
}
