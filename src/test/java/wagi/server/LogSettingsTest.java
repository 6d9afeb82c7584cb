package wagi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code [log]} asks for, each with a server of its own. */
final class LogSettingsTest {
  private static final String AGENT = "User-Agent: a\"b\r\nReferer: http://a/\r\n";

  @Test
  void commonLogHasALineForEveryRequest() throws IOException {
    String log = accessLog("common");

    assertEquals(3, log.lines().count(), log);
    assertTrue(
        log.lines()
            .allMatch(
                line ->
                    line.matches(
                        "127\\.0\\.0\\.1 - - \\[[^]]+\\] \"GET /[a-z]+ HTTP/1\\.1\" \\d{3} \\d+")),
        log);
    assertTrue(log.contains("\"GET /cookies HTTP/1.1\" 200 6\n"), log);
    assertTrue(log.contains("\"GET /nope HTTP/1.1\" 404 "), log);
  }

  @Test
  void combinedLogHasRefererAndAgentToo() throws IOException {
    String log = accessLog("combined");

    assertTrue(log.contains("\" 200 6 \"http://a/\" \"a\\\"b\"\n"), log);
  }

  @Test
  void jsonLogHasALineForEveryRequest() throws IOException {
    String log = accessLog("json");

    assertEquals(3, log.lines().count(), log);
    assertTrue(log.contains("\"outcome\":\"no route\""), log);
    assertTrue(log.contains("\"user_agent\":\"a\\\"b\""), log);
  }

  @Test
  void accessLogCanBeOff() throws IOException {
    assertEquals("", accessLog("off"));
  }

  @Test
  void logDirectoryHasAFileForTheModule(@TempDir Path directory) throws IOException {
    ServerLog log = new ServerLog();
    String map = TestServer.map("log", "cookies") + "[log]\nguests = \"" + directory + "\"\n";
    try (TestServer server = log.of(() -> TestServer.serving(map))) {
      RawHttp.get(server.address(), "/log");
      RawHttp.get(server.address(), "/cookies");
    }
    List<String> lines = Files.readAllLines(directory.resolve("log.log"));

    assertEquals(2, lines.size(), lines::toString);
    String time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z";
    assertTrue(
        lines.get(0).matches(time + " stderr F log: GET from 127\\.0\\.0\\.1"), lines::toString);
    assertTrue(lines.get(1).matches(time + " stderr F log: answered"), lines::toString);
    assertEquals(0, log.count("log: answered"));
    assertTrue(Files.notExists(directory.resolve("cookies.log")));
  }

  private static String accessLog(String format) throws IOException {
    try (TestServer server = TestServer.serving(map(format))) {
      for (String path : new String[] {"/cookies", "/trap", "/nope"}) {
        RawHttp.exchange(
            server.address(),
            "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + AGENT + "\r\n");
      }
      return server.accessLogAtEnd();
    }
  }

  private static String map(String access) {
    return TestServer.map("trap", "cookies") + "[log]\naccess = \"" + access + "\"\n";
  }
}
