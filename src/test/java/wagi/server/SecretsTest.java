package wagi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What an operator gives a guest stays between the two, also when the guest fails. */
final class SecretsTest {
  private static final String SECRET = "hunter2hunter2";
  private static final String MAP =
      """
      [log]
      access = "json"
      [[module]]
      route = "/secret"
      module = "src/test/guests/secret-then-trap.wasm"
      environment = { PASSWORD = "%s" }
      limits = { environment = "2KiB" }
      """
          .formatted(SECRET);

  @Test
  void failureTellsNoSecretToClientAndLogs() throws IOException {
    ServerLog log = new ServerLog();
    TestServer server = log.of(() -> TestServer.serving(MAP));
    RawAnswer answer = RawHttp.get(server.address(), "/secret");
    String access = server.accessLogAtEnd();
    server.close();

    assertEquals(500, answer.status());
    assertEquals(2, answer.body().lines().count(), answer.body());
    assertTrue(log.text().contains("module secret-then-trap trapped: "), log.text());
    for (String text : new String[] {answer.body(), answer.toString(), access, log.text()}) {
      assertFalse(text.contains("hunter"), text);
      assertFalse(text.contains("PASSWORD"), text);
    }
  }

  @Test
  void requestThatDoesNotFitBesideTheSecretTellsNone() throws IOException {
    try (TestServer server = TestServer.serving(MAP)) {
      RawAnswer answer =
          RawHttp.exchange(
              server.address(),
              RawHttp.wire(
                  "GET /secret HTTP/1.1\nHost: a\nConnection: close\nX-A: "
                      + "a".repeat(3_000)
                      + "\n\n"));

      assertEquals(431, answer.status());
      assertFalse(answer.toString().contains("hunter"), answer.body());
    }
  }
}
