package wagi.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import wagi.message.Headers;
import wagi.message.Responder;

class AnswerTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String HEAD = "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String GET10 = "GET / HTTP/1.0\r\n\r\n";

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static RawClient.Response answer(String request, Guests.Guest guest) throws IOException {
    try (RunningServer server = new RunningServer(new Guests(guest));
        RawClient client = server.connect()) {
      client.send(request);
      RawClient.Response response = client.receive(!request.startsWith("HEAD"));
      if (response.header("Connection").equals("close")) {
        assertTrue(client.atEnd(), "the connection is still open");
      } else {
        client.send(request);
        RawClient.Response again = client.receive(!request.startsWith("HEAD"));
        assertEquals(response.statusLine(), again.statusLine());
        assertEquals(withoutId(response.body()), withoutId(again.body()));
      }
      return response;
    }
  }

  private static String withoutId(String body) {
    return body.replaceAll("request id: .*", "");
  }

  @Test
  void wholeAnswerHasItsLength() throws IOException {
    var response = answer(GET, r -> r.answer(201, Headers.of("X-A", "b"), bytes("hello")));
    assertEquals("HTTP/1.1 201 Created", response.statusLine());
    assertEquals("5", response.header("Content-Length"));
    assertEquals("b", response.header("x-a"));
    assertEquals("hello", response.body());
    assertTrue(response.header("Date").endsWith(" GMT"));
    assertEquals("", response.header("Server"));
  }

  @Test
  void wrongLengthOfAWholeAnswerIsMended() throws IOException {
    var response =
        answer(GET, r -> r.answer(200, Headers.of("Content-Length", "99"), bytes("hello")));
    assertEquals("5", response.header("Content-Length"));
  }

  @Test
  void headersGoOutInOrderCaseAndBytes() throws IOException {
    Headers headers =
        Headers.of("x-B", "1", "Set-Cookie", "a=\u00e9", "X-a", "2", "set-cookie", "b");
    var response = answer(GET, r -> r.answer(200, headers, bytes("")));
    assertEquals(
        "[x-B: 1, Set-Cookie: a=\u00e9, X-a: 2, set-cookie: b]",
        response.headers().subList(0, 4).toString());
  }

  @Test
  void framingHeadersOfAGuestAreNotSent() throws IOException {
    Headers headers = Headers.of("Transfer-Encoding", "gzip", "Keep-Alive", "x", "Upgrade", "h2c");
    var response = answer(GET, r -> r.answer(200, headers, bytes("hello")));
    assertEquals("", response.header("Transfer-Encoding"));
    assertEquals("", response.header("Keep-Alive"));
    assertEquals("", response.header("Upgrade"));
  }

  @Test
  void connectionCloseOfAGuestIsDone() throws IOException {
    var response = answer(GET, r -> r.answer(200, Headers.of("connection", "Close"), bytes("x")));
    assertEquals("close", response.header("Connection"));
  }

  @Test
  void dateOfAGuestIsKept() throws IOException {
    var response = answer(GET, r -> r.answer(200, Headers.of("Date", "then"), bytes("x")));
    assertEquals("then", response.header("Date"));
  }

  @Test
  void lineEndInAHeaderValueIsA500() throws IOException {
    Guests.Guest guest = r -> r.answer(200, Headers.of("X-A", "b\r\nX-C: d"), bytes("secret"));
    var response = answer(GET, guest);
    assertEquals(500, response.status());
    assertEquals("", response.header("X-C"));
    assertFalse(response.body().contains("secret"));
    assertTrue(response.header("X-Request-Id").matches("[0-9a-f]{16}"));
  }

  @Test
  void headerNameThatIsNoTokenIsA500() throws IOException {
    assertEquals(500, answer(GET, r -> r.answer(200, Headers.of("X A", "b"), bytes("x"))).status());
  }

  @Test
  void statusThatIsNotFinalIsA500() throws IOException {
    assertEquals(500, answer(GET, r -> r.answer(101, Headers.none(), bytes("x"))).status());
  }

  @Test
  void badHeadOfAStreamIsA500AndItsWritesFail() throws Exception {
    Guests guests =
        new Guests(
            r -> {
              r.begin(200, Headers.of("X-A", "b\0"));
              r.write(bytes("secret"), 0, 6);
            });
    try (RunningServer server = new RunningServer(guests);
        RawClient client = server.connect()) {
      assertEquals(500, client.send(GET).receive().status());
      assertNotNull(guests.failure());
    }
  }

  @Test
  void noContentHasNoBodyAndNoLength() throws IOException {
    for (int status : new int[] {204, 304}) {
      var response =
          answer(GET, r -> r.answer(status, Headers.of("Content-Length", "5"), bytes("hello")));
      assertEquals(status, response.status());
      assertEquals("", response.header("Content-Length"));
    }
  }

  @Test
  void streamWithoutContentHasNoBody() throws IOException {
    var response =
        answer(
            GET,
            r -> {
              r.begin(204, Headers.none());
              r.write(bytes("hello"), 0, 5);
              r.end();
            });
    assertEquals("", response.header("Transfer-Encoding"));
    assertEquals("", response.header("Content-Length"));
  }

  @Test
  void headIsToldTheLengthThatGetWouldHave() throws IOException {
    var computed = answer(HEAD, r -> r.answer(200, Headers.none(), bytes("hello")));
    assertEquals("5", computed.header("Content-Length"));
    var promised = answer(HEAD, r -> r.answer(200, Headers.of("Content-Length", "77"), bytes("")));
    assertEquals("77", promised.header("Content-Length"));
  }

  @Test
  void streamToHeadSendsNoBody() throws IOException {
    Headers length = Headers.of("Content-Length", "77");
    var promised = answer(HEAD, r -> stream(r, length, "hello"));
    assertEquals("77", promised.header("Content-Length"));
    var chunked = answer(HEAD, r -> stream(r, Headers.none(), "hello"));
    assertEquals("chunked", chunked.header("Transfer-Encoding"));
  }

  private static void stream(Responder responder, Headers headers, String... parts)
      throws IOException {
    responder.begin(200, headers);
    for (String part : parts) {
      responder.write(bytes(part), 0, part.length());
    }
    responder.end();
  }

  @Test
  void streamOfUnknownLengthIsChunked() throws IOException {
    var response = answer(GET, r -> stream(r, Headers.none(), "hello", "", " world"));
    assertEquals("chunked", response.header("Transfer-Encoding"));
    assertEquals("", response.header("Content-Length"));
    assertEquals("hello world", response.body());
  }

  @Test
  void emptyStreamEnds() throws IOException {
    assertEquals("", answer(GET, r -> stream(r, Headers.none())).body());
  }

  @Test
  void streamOfKnownLengthIsNotChunked() throws IOException {
    var response =
        answer(GET, r -> stream(r, Headers.of("Content-Length", "11"), "hello", " world"));
    assertEquals("", response.header("Transfer-Encoding"));
    assertEquals("hello world", response.body());
  }

  @Test
  void streamToHttp10EndsWithTheConnection() throws IOException {
    var response = answer(GET10, r -> stream(r, Headers.none(), "hello", " world"));
    assertEquals("", response.header("Transfer-Encoding"));
    assertEquals("close", response.header("Connection"));
    assertEquals("hello world", response.body());
  }

  @Test
  void bytesBeyondThePromisedLengthAreNotSentAndTheConnectionCloses() throws Exception {
    Guests guests = new Guests(r -> stream(r, Headers.of("Content-Length", "5"), "hello", "evil"));
    try (RunningServer server = new RunningServer(guests);
        RawClient client = server.connect()) {
      assertEquals("hello", client.send(GET).receive().body());
      assertTrue(client.atEnd());
    }
  }

  @Test
  void fewerBytesThanPromisedCloseTheConnection() throws Exception {
    Guests guests = new Guests(r -> stream(r, Headers.of("Content-Length", "500"), "hello"));
    try (RunningServer server = new RunningServer(guests);
        RawClient client = server.connect()) {
      client.send(GET);
      assertThrows(EOFException.class, client::receive);
    }
  }

  @Test
  void headAndFirstPartArriveBeforeTheStreamEnds() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    Guests guests =
        new Guests(
            r -> {
              r.begin(200, Headers.none());
              r.write(bytes("first"), 0, 5);
              await(seen);
              r.write(bytes("last"), 0, 4);
              r.end();
            });
    try (RunningServer server = new RunningServer(guests);
        RawClient client = server.connect()) {
      client.send(GET);
      assertEquals(200, client.receive(false).status());
      assertEquals("5", client.line());
      assertEquals("first", client.line());
      seen.countDown();
      assertEquals("4", client.line());
      assertEquals("last", client.line());
      assertEquals("0", client.line());
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void secondAnswerIsNotSent() throws IOException {
    var response =
        answer(
            GET,
            r -> {
              r.answer(200, Headers.none(), bytes("one"));
              r.answer(500, Headers.none(), bytes("two"));
              r.begin(500, Headers.none());
              r.end();
              r.abort();
            });
    assertEquals("one", response.body());
  }
}
