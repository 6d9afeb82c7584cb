package wagi.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wagi.message.Handler;
import wagi.message.Headers;
import wagi.message.Incident;
import wagi.message.Limit;
import wagi.message.Request;
import wagi.message.Responder;

class BodyTest {
  private static final String CHUNKED =
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

  /** What reached the handler, which answers nothing by itself. */
  private record Arrived(Request request, Responder responder) {
    void answer() {
      responder.answer(200, Headers.none(), new byte[0]);
    }
  }

  private static final class Collecting implements Handler {
    final BlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();
    final long limit;

    Collecting(long limit) {
      this.limit = limit;
    }

    @Override
    public void handle(Request request, Responder responder) {
      arrived.add(new Arrived(request, responder));
    }

    @Override
    public long bodyLimit(Request head) {
      return limit;
    }

    Arrived next() throws InterruptedException {
      Arrived next = arrived.poll(20, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("no request reached the handler");
      }
      return next;
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static String head(int length) {
    return "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n";
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4096, 4097, 65535, 65536, 65537, 131072, 1 << 20, 20 << 20})
  void bodyArrivesWholeAndItsFileIsGone(int length) throws Exception {
    Collecting handler = new Collecting(32 << 20);
    byte[] body = random(length);
    try (RunningServer server = new RunningServer(handler);
        RawClient client = server.connect()) {
      client.send(head(length)).send(body);
      Arrived arrived = handler.next();
      assertEquals(length, arrived.request().body().length());
      try (InputStream in = arrived.request().body().open()) {
        assertTrue(Arrays.equals(body, in.readAllBytes()), "other bytes");
      }
      try (InputStream again = arrived.request().body().open()) {
        assertEquals(body[0] & 0xff, again.read());
      }
      assertEquals(List.of(), server.spooledFiles());
      arrived.answer();
      assertEquals(200, client.receive().status());
    }
  }

  @Test
  void chunkedBodyLargerThanMemoryArrivesWhole() throws Exception {
    Collecting handler = new Collecting(32 << 20);
    byte[] chunk = random(70_000);
    String size = Integer.toHexString(chunk.length) + "\r\n";
    try (RunningServer server = new RunningServer(handler);
        RawClient client = server.connect()) {
      client.send(CHUNKED);
      for (int i = 0; i < 5; i++) {
        client.send(size).send(chunk).send("\r\n");
      }
      client.send("0\r\n\r\n");
      Arrived arrived = handler.next();
      assertEquals(5L * chunk.length, arrived.request().body().length());
      try (InputStream in = arrived.request().body().open()) {
        for (int i = 0; i < 5; i++) {
          assertTrue(Arrays.equals(chunk, in.readNBytes(chunk.length)), "chunk " + i);
        }
        assertEquals(-1, in.read());
      }
      arrived.answer();
      assertEquals(200, client.receive().status());
    }
  }

  @Test
  void bodyOfSingleBytesInSingleChunksArrivesWhole() throws Exception {
    Collecting handler = new Collecting(1000);
    try (RunningServer server = new RunningServer(handler);
        RawClient client = server.connect()) {
      client.send(CHUNKED);
      for (int i = 0; i < 300; i++) {
        for (char c : "1\r\nx\r\n".toCharArray()) {
          client.send(String.valueOf(c));
        }
      }
      client.send("0\r\n\r\n");
      Arrived arrived = handler.next();
      assertEquals(300, arrived.request().body().length());
      arrived.answer();
      assertEquals(200, client.receive().status());
    }
  }

  @Test
  void streamOfASpooledBodyEndsWithTheExchange() throws Exception {
    Collecting handler = new Collecting(32 << 20);
    try (RunningServer server = new RunningServer(handler);
        RawClient client = server.connect()) {
      client.send(head(100_000)).send(random(100_000));
      Arrived arrived = handler.next();
      InputStream in = arrived.request().body().open();
      arrived.answer();
      assertEquals(200, client.receive().status());
      assertTrue(server.server.awaitIdle(Duration.ofSeconds(10)));
      assertThrows(IOException.class, in::read);
    }
  }

  @Test
  void spoolDirectoryIsPrivate() throws Exception {
    try (RunningServer server = new RunningServer(new Collecting(1))) {
      assertEquals(
          PosixFilePermissions.fromString("rwx------"),
          Files.getPosixFilePermissions(server.spool));
    }
  }

  @Test
  void fullSpoolIsA503WithRetryAfter() throws Exception {
    Collecting handler = new Collecting(32 << 20);
    try (RunningServer server = new RunningServer(handler, Duration.ofSeconds(30), 100_000);
        RawClient client = server.connect()) {
      client.send(head(200_000)).send(random(200_000));
      RawClient.Response response = client.receive();
      assertEquals(503, response.status());
      assertEquals("5", response.header("Retry-After"));
      assertTrue(client.atEnd());
      assertTrue(handler.arrived.isEmpty());
      assertEquals(503, server.refusals.take().status());
      Incident told = server.incidents.take();
      assertEquals(Limit.BODY_DISK, told.kind());
      assertEquals(
          "cannot keep a request body on disk:"
              + " request bodies on disk take more than 100000 bytes together, which is fixed",
          told.sentence());
    }
  }

  @Test
  void roomInTheSpoolComesBack() throws Exception {
    Collecting handler = new Collecting(32 << 20);
    try (RunningServer server = new RunningServer(handler, Duration.ofSeconds(30), 100_000);
        RawClient client = server.connect()) {
      for (int i = 0; i < 5; i++) {
        client.send(head(90_000)).send(random(90_000));
        handler.next().answer();
        assertEquals(200, client.receive().status());
      }
    }
  }

  @Test
  void spoolWithoutItsDirectoryIsA503() throws Exception {
    Collecting handler = new Collecting(32 << 20);
    try (RunningServer server = new RunningServer(handler);
        RawClient client = server.connect()) {
      Files.delete(server.spool);
      client.send(head(200_000)).send(random(200_000));
      assertEquals(503, client.receive().status());
      Files.createDirectory(server.spool);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 200_000})
  void uploadThatEndsHalfWayNeverReachesTheHandler(int length) throws Exception {
    Collecting handler = new Collecting(32 << 20);
    try (RunningServer server = new RunningServer(handler);
        RawClient client = server.connect()) {
      client.send(head(length)).send(random(length - 1));
      client.endSending();
      assertTrue(client.atEnd());
      assertTrue(server.server.awaitIdle(Duration.ofSeconds(10)));
      assertTrue(handler.arrived.isEmpty());
      assertEquals(List.of(), server.spooledFiles());
    }
  }

  @Test
  void chunkedUploadThatEndsHalfWayNeverReachesTheHandler() throws Exception {
    Collecting handler = new Collecting(32 << 20);
    try (RunningServer server = new RunningServer(handler);
        RawClient client = server.connect()) {
      client.send(CHUNKED + "5\r\nhello\r\n");
      client.endSending();
      assertTrue(client.atEnd());
      assertTrue(handler.arrived.isEmpty());
    }
  }

  @Test
  void uploadThatIsResetNeverReachesTheHandler() throws Exception {
    Collecting handler = new Collecting(32 << 20);
    try (RunningServer server = new RunningServer(handler)) {
      RawClient client = server.connect();
      client.send(head(100)).send(random(50));
      client.reset();
      try (RawClient other = server.connect()) {
        other.send(head(1)).send("x");
        Arrived arrived = handler.next();
        assertEquals(1, arrived.request().body().length());
        arrived.answer();
        assertEquals(200, other.receive().status());
      }
      assertTrue(server.server.awaitIdle(Duration.ofSeconds(10)));
      assertNull(handler.arrived.poll());
    }
  }

  @Test
  void bodyThatStopsIsA408() throws Exception {
    Collecting handler = new Collecting(1000);
    try (RunningServer server = RunningServer.impatient(handler);
        RawClient client = server.connect()) {
      client.send(head(100)).send("some");
      assertEquals(408, client.receive().status());
      assertTrue(client.atEnd());
      assertTrue(handler.arrived.isEmpty());
      assertEquals(408, server.refusals.take().status());
    }
  }

  @Test
  void hundredIsSentWhenTheBodyIsWanted() throws Exception {
    Collecting handler = new Collecting(1000);
    try (RunningServer server = new RunningServer(handler);
        RawClient client = server.connect()) {
      client.send(
          "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
      assertEquals("HTTP/1.1 100 Continue", client.line());
      assertEquals("", client.line());
      client.send("hello");
      handler.next().answer();
      assertEquals(200, client.receive().status());
      client.send(head(1)).send("x");
      handler.next().answer();
      assertEquals(200, client.receive().status());
    }
  }

  @Test
  void bodyOverTheLimitIsRefusedThoughTheClientGoesOnSending() throws Exception {
    Collecting handler = new Collecting(1000);
    try (RunningServer server = new RunningServer(handler);
        RawClient client = server.connect()) {
      client.send(head(50_000)).send(random(50_000));
      RawClient.Response response = client.receive();
      assertEquals(413, response.status());
      assertEquals("close", response.header("Connection"));
      assertFalse(handler.arrived.stream().findAny().isPresent());
    }
  }

  @Test
  void requestsBehindABodyAreAnsweredInOrder() throws Exception {
    try (RunningServer server = new RunningServer(new Echo(1000));
        RawClient client = server.connect()) {
      String get = "GET /get HTTP/1.1\r\nHost: a\r\n\r\n";
      client.send(get + head(5) + "hello" + get + head(3) + "abc" + get);
      for (String expected : List.of("body 0", "body 5", "body 0", "body 3", "body 0")) {
        assertTrue(client.receive().body().endsWith(expected + "\n"), expected);
      }
    }
  }
}
