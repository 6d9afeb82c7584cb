package wagi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stays within its limits; a class of its own, since a process has one log. */
final class WithinLimitsTest {
  /**
   * The guest that is refused everything above takes it all here, and a client of each kind too.
   */
  @Test
  void nothingIsTold(@TempDir Path directory) throws IOException {
    ServerLog log = new ServerLog();
    String map = LimitsTest.map(directory);
    try (TestServer quiet = log.of(() -> TestServer.serving(map))) {
      InetSocketAddress there = quiet.address();
      assertEquals("done\n", RawHttp.get(there, "/loose").body());
      assertEquals(
          200, RawHttp.exchange(there, LimitsTest.post("/body", 10, "1234567890")).status());
      assertEquals(
          200, RawHttp.exchange(there, LimitsTest.withField("/environment", "X-A", 100)).status());
      assertEquals(
          200, RawHttp.exchange(there, LimitsTest.withField("/loose", "X-A", 30 << 10)).status());
      assertEquals(404, RawHttp.exchange(there, LimitsTest.withFields(126)).status());
      try (RawHttp client = RawHttp.to(there).send(RawHttp.get("/concurrency"))) {
        client.readUntil("tick\n");
      }
    }
    assertEquals(List.of(), log.text().lines().filter(line -> !line.contains(" guest.")).toList());
  }
}
