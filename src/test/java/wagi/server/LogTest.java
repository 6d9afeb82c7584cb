package wagi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** One id for a request wherever it appears. */
final class LogTest {
  private static final ServerLog LOG = new ServerLog();
  private static final TestServer SERVER =
      LOG.of(
          () ->
              TestServer.serving(
                  TestServer.map("environment", "log", "trap") + "[log]\naccess = \"json\"\n"));

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void q30FailedRequestHasOneIdInAnswerBodyLogAndAccessLog() throws IOException {
    RawAnswer answer = RawHttp.get(SERVER.address(), "/trap");
    String id = answer.fields("X-Request-Id").getFirst();

    assertTrue(answer.body().contains("request id: " + id), answer.body());
    assertEquals(1, LOG.count("[request_id=" + id + " route=/trap] module trap trapped: "));
    assertTrue(line(id).contains("\"module\":\"trap\",\"route\":\"/trap\""), line(id));
    assertTrue(line(id).contains("\"status\":500"), line(id));
  }

  @Test
  void guestSeesTheIdOfTheLogs() throws IOException {
    String body = RawHttp.get(SERVER.address(), "/environment").body();
    Matcher variable = Pattern.compile("HTTP_X_REQUEST_ID = ([0-9a-f]+)").matcher(body);

    assertTrue(variable.find(), body);
    assertTrue(line(variable.group(1)).contains("\"target\":\"/environment\""));
  }

  @Test
  void clientCannotChooseTheId() throws IOException {
    String body =
        RawHttp.exchange(
                SERVER.address(),
                RawHttp.wire(
                    """
                    GET /environment HTTP/1.1
                    Host: a
                    X-Request-Id: forged
                    Connection: close

                    """))
            .body();

    assertTrue(!body.contains("forged"), body);
  }

  @Test
  void guestsErrorLineIsInTheLogWithIdAndRoute() throws IOException {
    RawHttp.get(SERVER.address(), "/log");
    Pattern line =
        Pattern.compile(
            "INFO  guest\\.log: \\[request_id=([0-9a-f]+) route=/log\\] log: GET from 127\\.0\\.0\\.1");
    Matcher found = line.matcher(LOG.text());

    assertTrue(found.find(), LOG.text());
    assertTrue(line(found.group(1)).contains("\"target\":\"/log\""));
  }

  /** Returns the access log's line of this request, once it is written. */
  private static String line(String id) {
    String part = "\"request_id\":\"" + id + "\"";
    Await.until("the access log has " + id, () -> SERVER.accessLog().contains(part));
    return SERVER.accessLog().lines().filter(line -> line.contains(part)).findFirst().orElse("");
  }
}
