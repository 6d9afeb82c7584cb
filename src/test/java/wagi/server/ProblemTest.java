package wagi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Busy is not dead, and closed is. */
final class ProblemTest {
  private static final Duration LATELY = Duration.ofSeconds(5);

  @Test
  void serverUnderGuestsThatLoopHasNoProblem() throws Exception {
    try (TestServer server = TestServer.serving(TestServer.map("loop"))) {
      List<RawHttp> clients = new ArrayList<>();
      for (int i = 0; i < 80; i++) {
        clients.add(RawHttp.to(server.address()).send(RawHttp.get("/loop")));
      }
      assertNull(server.server().problem(LATELY));
      for (RawHttp client : clients) {
        client.close();
      }
    }
  }

  @Test
  void closedServerHasOne() {
    TestServer server = TestServer.serving(TestServer.map("exit-zero"));
    server.close();

    assertEquals(
        "the I/O threads have not answered for 1000 ms",
        server.server().problem(Duration.ofSeconds(1)));
  }
}
