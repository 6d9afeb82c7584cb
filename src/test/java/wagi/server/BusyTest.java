package wagi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Modules with one place for guests: what happens to the second request, and to clients that leave.
 */
final class BusyTest {
  private static final ServerLog LOG = new ServerLog();
  private static final TestServer SERVER =
      LOG.of(
          () ->
              TestServer.serving(
                  """
                  [limits]
                  timeout = "60s"
                  concurrency = 1
                  [[module]]
                  route = "/no-queue"
                  module = "src/test/guests/endless-stream.wasm"
                  limits = { queue = 0 }
                  [[module]]
                  route = "/short-queue"
                  module = "src/test/guests/endless-stream.wasm"
                  limits = { queue_timeout = "200ms" }
                  [[module]]
                  route = "/queue"
                  module = "src/test/guests/endless-stream.wasm"
                  limits = { queue_timeout = "30s" }
                  [[module]]
                  route = "/sleep"
                  module = "src/test/guests/sleep-forever.wasm"
                  [[module]]
                  route = "/loop"
                  module = "src/test/guests/loop.wasm"
                  [[module]]
                  route = "/hello"
                  module = "samples/hello-c.wasm"
                  [log]
                  access = "json"
                  """));

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void fullQueueIs503WithRetryAfter() throws IOException {
    try (RawHttp first = streaming("/no-queue")) {
      RawAnswer second = RawHttp.get(SERVER.address(), "/no-queue");

      assertEquals(503, second.status());
      assertEquals(List.of("1"), second.fields("Retry-After"));
      assertTrue(second.body().contains("the module is busy"), second.body());
      assertTrue(LOG.text().contains("its queue of 0 is full; limits.queue raises it"), LOG.text());
      assertEquals(200, RawHttp.get(SERVER.address(), "/hello").status());
      first.readUntil("tick\n");
    }
  }

  @Test
  void tooLongInTheQueueIs503WithRetryAfter() throws IOException {
    try (RawHttp first = streaming("/short-queue")) {
      RawAnswer second = RawHttp.get(SERVER.address(), "/short-queue");

      assertEquals(503, second.status());
      assertEquals(List.of("1"), second.fields("Retry-After"));
      first.readUntil("tick\n");
    }
  }

  @Test
  void placeOfAClientThatLeftGoesToTheNext() throws IOException {
    RawHttp first = streaming("/queue");
    try (RawHttp second = RawHttp.to(SERVER.address()).send(RawHttp.get("/queue"))) {
      first.close();

      second.readUntil("tick\n");
    }
  }

  @Test
  void sleepingGuestEndsWhenItsClientLeaves() throws IOException {
    leave("/sleep");
  }

  @Test
  void computingGuestEndsWhenItsClientLeaves() throws IOException {
    leave("/loop");
  }

  /** Asks, leaves, and waits for the log to say that the guest was stopped for that. */
  private static void leave(String path) throws IOException {
    RawHttp.to(SERVER.address()).send(RawHttp.get(path)).close();

    Await.until(
        "the guest is stopped",
        () ->
            SERVER
                .accessLog()
                .lines()
                .anyMatch(line -> line.contains(path) && line.contains("the client is gone")));
  }

  private static RawHttp streaming(String path) throws IOException {
    RawHttp client = RawHttp.to(SERVER.address()).send(RawHttp.get(path));
    client.readUntil("tick\n");
    return client;
  }
}
