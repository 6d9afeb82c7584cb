package wagi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** When a body is held, when it streams, and what becomes of a stream that fails. */
final class StreamingTest {
  private static final String LARGE_FILE = "x".repeat(100_000);
  private static final ServerLog LOG = new ServerLog();
  private static final TestServer SERVER = LOG.of(() -> TestServer.serving(map()));

  private static String map() {
    return TestServer.map("slow-writer", "endless-stream", "stream-then-trap", "log")
        + """
        [[module]]
        route = "/files/..."
        module = "samples/files.wasm"
        volumes = { "/public" = "%s" }
        [[module]]
        route = "/stopped"
        module = "src/test/guests/endless-stream.wasm"
        limits = { timeout = "300ms" }
        [[module]]
        route = "/cut"
        module = "src/test/guests/huge-output.wasm"
        limits = { output = "256KiB" }
        """
            .formatted(volume());
  }

  private static Path volume() {
    try {
      Path directory = Files.createTempDirectory("wagi-volume-");
      Path file = Files.writeString(directory.resolve("large.txt"), LARGE_FILE);
      directory.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
      return directory;
    } catch (IOException e) {
      throw new AssertionError("writing a volume", e);
    }
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void bodyOfAGuestThatWaitsArrivesBeforeTheGuestEnds() throws IOException {
    try (RawHttp client = RawHttp.to(SERVER.address())) {
      // The guest ends never; whatever comes, comes before its end.
      String read = client.send(RawHttp.get("/endless-stream")).readUntil("tick\n");

      assertTrue(read.startsWith("HTTP/1.1 200 "), read);
      assertTrue(read.contains("\r\nTransfer-Encoding: chunked\r\n"), read);
    }
  }

  @Test
  void pieceByPieceAnswerIsWhole() throws IOException {
    RawAnswer answer = get("/slow-writer");

    assertTrue(answer.whole(), answer.head());
    assertEquals("piece 1\npiece 2\npiece 3\npiece 4\npiece 5\n", answer.body());
  }

  @Test
  void bodyOverWhatIsHeldStreamsInChunks() throws IOException {
    RawAnswer answer = get("/files/large.txt");

    assertEquals(List.of("chunked"), answer.fields("Transfer-Encoding"));
    assertEquals(List.of(), answer.fields("Content-Length"));
    assertTrue(answer.whole());
    assertEquals(LARGE_FILE, answer.body());
  }

  @Test
  void shortBodyHasItsLength() throws IOException {
    RawAnswer answer = get("/log");

    assertEquals(List.of(), answer.fields("Transfer-Encoding"));
    assertEquals(
        List.of(Integer.toString(answer.body().length())), answer.fields("Content-Length"));
  }

  @Test
  void q40TrapAfterTheBeginningBreaksTheConnectionOff() {
    assertBroken("/stream-then-trap");

    Await.until("the log says so", () -> LOG.count("the answer had begun and was broken off") > 0);
    assertTrue(LOG.text().contains("module stream-then-trap trapped"), LOG.text());
  }

  @Test
  void deadlineAfterTheBeginningBreaksTheConnectionOff() {
    assertBroken("/stopped");
  }

  @Test
  void outputLimitAfterTheBeginningBreaksTheConnectionOff() {
    assertBroken("/cut");
  }

  @Test
  void http10StreamEndsWithItsConnection() throws IOException {
    RawAnswer answer =
        RawHttp.exchange(SERVER.address(), "GET /slow-writer HTTP/1.0\r\nHost: a\r\n\r\n");

    assertEquals(List.of(), answer.fields("Transfer-Encoding"));
    assertEquals(List.of("close"), answer.fields("Connection"));
    assertTrue(answer.body().endsWith("piece 5\n"), answer.body());
  }

  /** A reset, or an end without the last chunk: in either case the client can tell. */
  private static void assertBroken(String path) {
    try {
      assertFalse(get(path).whole(), () -> "looks whole: " + path);
    } catch (IOException reset) {
      assertTrue(reset.toString().contains("reset"), reset::toString);
    }
  }

  @Test
  void brokenHttp10StreamIsAResetSinceAnEndWouldLookWhole() {
    assertThrows(
        IOException.class,
        () ->
            RawHttp.exchange(
                SERVER.address(), "GET /stream-then-trap HTTP/1.0\r\nHost: a\r\n\r\n"));
  }

  private static RawAnswer get(String path) throws IOException {
    return RawHttp.get(SERVER.address(), path);
  }
}
