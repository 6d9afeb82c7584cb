package wagi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What stands on the wire for what guests print, and for the ways clients ask. */
final class FramingTest {
  private static final ServerLog LOG = new ServerLog();
  private static final TestServer SERVER =
      LOG.of(
          () ->
              TestServer.serving(
                  TestServer.map(
                          "own-framing",
                          "cookies",
                          "odd-lines",
                          "crlf",
                          "unclosed-header-block",
                          "half-header",
                          "hello-c",
                          "echo")
                      + """
                      [[module]]
                      route = "/small"
                      module = "samples/echo.wasm"
                      limits = { body = "10" }
                      """));

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void q39HeadHasTheLengthOfGetAndNoBody() throws IOException {
    RawAnswer get = get("/hello-c");
    RawAnswer head = exchange("HEAD /hello-c HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

    assertEquals(200, head.status());
    assertEquals("", head.body());
    assertEquals(get.fields("Content-Length"), head.fields("Content-Length"));
    assertEquals(get.fields("Content-Type"), head.fields("Content-Type"));
  }

  @Test
  void headLeavesTheConnectionForTheNextRequest() throws IOException {
    try (RawHttp client = RawHttp.to(SERVER.address())) {
      client.send("HEAD /hello-c HTTP/1.1\r\nHost: a\r\n\r\n").readUntil("\r\n\r\n");

      assertEquals("hello world\n", client.send(RawHttp.get("/hello-c")).rest().body());
    }
  }

  @Test
  void q09GuestsOwnFramingNeverReachesTheWire() throws IOException {
    RawAnswer answer = get("/own-framing");

    assertEquals(List.of("6"), answer.fields("Content-Length"));
    assertEquals(List.of(), answer.fields("Transfer-Encoding"));
    assertEquals(List.of("close"), answer.fields("Connection"));
    assertEquals("hello\n", answer.body());
  }

  @Test
  void q09ConnectionStaysInStepBehindAGuestWithAWrongLength() throws IOException {
    try (RawHttp client = RawHttp.to(SERVER.address())) {
      client.send("GET /own-framing HTTP/1.1\r\nHost: a\r\n\r\n").readUntil("hello\n");

      assertEquals(200, client.send(RawHttp.get("/hello-c")).rest().status());
    }
  }

  @Test
  void q27RepeatedCookiesSurviveInOrder() throws IOException {
    assertEquals(List.of("a=1", "b=2"), get("/cookies").fields("Set-Cookie"));
  }

  @Test
  void oddLinesAreIgnoredAndLoggedOnce() throws IOException {
    RawAnswer first = get("/odd-lines");
    RawAnswer second = get("/odd-lines");

    assertEquals("hello\n", first.body());
    assertEquals("hello\n", second.body());
    assertFalse(first.head().contains("color"), first.head());
    assertEquals(1, LOG.count("module odd-lines prints lines that are no header fields"));
    assertTrue(LOG.text().contains("HTTP/1.1 200 OK"), LOG.text());
    assertEquals(0, LOG.count("module hello-c prints"));
  }

  @Test
  void crlfEndsHeaderLinesAndStaysInTheBody() throws IOException {
    RawAnswer answer = get("/crlf");

    assertEquals(List.of("text/plain"), answer.fields("Content-Type"));
    assertEquals("hello\r\n", answer.body());
  }

  @Test
  void q36UnclosedHeaderBlockIsAnAnswerWithoutABody() throws IOException {
    RawAnswer answer = get("/unclosed-header-block");

    assertEquals(200, answer.status());
    assertEquals(List.of("0"), answer.fields("Content-Length"));
    assertEquals("", answer.body());
  }

  @Test
  void q36EndWithinAHeaderLineIs502() throws IOException {
    assertEquals(502, get("/half-header").status());
  }

  @Test
  void expectedContinueComesBeforeTheBody() throws IOException {
    try (RawHttp client = RawHttp.to(SERVER.address())) {
      client.send(
          RawHttp.wire(
              """
              POST /echo HTTP/1.1
              Host: a
              Connection: close
              Content-Type: text/plain
              Content-Length: 4
              Expect: 100-continue

              """));
      assertEquals("HTTP/1.1 100 Continue\r\n\r\n", client.readUntil("\r\n\r\n"));

      assertEquals("body", client.send("body").rest().body());
    }
  }

  @Test
  void expectedContinueIsRefusedForABodyOverTheLimit() throws IOException {
    RawAnswer answer =
        exchange(
            RawHttp.wire(
                """
                POST /small HTTP/1.1
                Host: a
                Content-Length: 11
                Expect: 100-continue

                """));

    assertEquals(413, answer.status());
  }

  @Test
  void http10IsAnsweredAndClosed() throws IOException {
    RawAnswer answer = exchange("GET /hello-c HTTP/1.0\r\n\r\n");

    assertEquals(200, answer.status());
    assertEquals(List.of("close"), answer.fields("Connection"));
    assertEquals(List.of("12"), answer.fields("Content-Length"));
    assertEquals("hello world\n", answer.body());
  }

  @Test
  void http11StaysOpen() throws IOException {
    try (RawHttp client = RawHttp.to(SERVER.address())) {
      for (int i = 0; i < 3; i++) {
        client.send("GET /hello-c HTTP/1.1\r\nHost: a\r\n\r\n").readUntil("hello world\n");
      }
    }
  }

  @Test
  void chunkedUploadHasItsLength() throws IOException {
    RawAnswer answer =
        exchange(
            RawHttp.wire(
                """
                POST /echo HTTP/1.1
                Host: a
                Content-Type: text/plain
                Transfer-Encoding: chunked

                4
                body
                0

                """));

    assertEquals("body", answer.body());
    assertEquals(List.of("close"), answer.fields("Connection"));
  }

  private static RawAnswer get(String path) throws IOException {
    return RawHttp.get(SERVER.address(), path);
  }

  private static RawAnswer exchange(String request) throws IOException {
    return RawHttp.exchange(SERVER.address(), request);
  }
}
