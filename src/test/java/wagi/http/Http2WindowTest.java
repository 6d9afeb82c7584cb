package wagi.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The windows of HTTP/2, ours and the client's: of a stream and of the whole connection. */
final class Http2WindowTest {
  private static final int FRAME = Http2Frame.PAYLOAD_BYTES_MAX;

  /** Fill what a body may take of memory; the last of them waits to be written to disk. */
  private static final int FRAMES_READ = 5;

  /** What the window of a stream has left then, in frames one byte shorter. */
  private static final int FRAMES_LEFT = 3;

  private static final int WINDOW = 65_535;
  private static final int WIDEST = Integer.MAX_VALUE;

  @Test
  void unreadDataOfManyStreamsIsBoundedByTheConnectionsWindow() throws Exception {
    BusyWorkers workers = new BusyWorkers();
    try (RunningServer server = new RunningServer(workers);
        Http2Client client = new Http2Client(server.address)) {
      client.begin();
      // 49,149 bytes of each wait unread, and less than 128 KiB of what was read is not told yet.
      for (int stream = 1; stream < 4; stream += 2) {
        fill(client, stream);
      }
      answersPing(client);

      for (int stream = 5; stream < 13; stream += 2) {
        fill(client, stream);
      }
      int error = client.goneWith();
      workers.release();
      assertEquals(Http2Error.FLOW_CONTROL_ERROR.code, error);
    }
  }

  @Test
  void unreadDataOfOneStreamIsBoundedByItsWindow() throws Exception {
    BusyWorkers workers = new BusyWorkers();
    try (RunningServer server = new RunningServer(workers);
        Http2Client client = new Http2Client(server.address)) {
      client.begin();
      fill(client, 1);
      answersPing(client);

      client.frame(Http2Frame.DATA, 0, 1, new byte[FRAME]);
      int error = client.goneWith();
      workers.release();
      assertEquals(Http2Error.FLOW_CONTROL_ERROR.code, error);
    }
  }

  private static void fill(Http2Client client, int stream) throws IOException {
    client.headers(stream, false, "POST", "/");
    for (int i = 0; i < FRAMES_READ; i++) {
      client.frame(Http2Frame.DATA, 0, stream, new byte[FRAME]);
    }
    for (int i = 0; i < FRAMES_LEFT; i++) {
      client.frame(Http2Frame.DATA, 0, stream, new byte[FRAME - 1]);
    }
  }

  static Stream<Arguments> windows() {
    return Stream.of(arguments("of the connection", 0), arguments("of a stream", 1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("windows")
  void windowWiderByNothingEndsTheConnection(String name, int stream) throws Exception {
    try (RunningServer server = new RunningServer(new Thinking());
        Http2Client client = new Http2Client(server.address)) {
      client.begin().get(1, "/").words(Http2Frame.WINDOW_UPDATE, 0, stream, 0);
      assertEquals(Http2Error.PROTOCOL_ERROR.code, client.goneWith(), name);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("windows")
  void windowIsAsWideAsItMayBeAndNoWider(String name, int stream) throws Exception {
    try (RunningServer server = new RunningServer(new Thinking());
        Http2Client client = new Http2Client(server.address)) {
      client.begin().get(1, "/");
      client.words(Http2Frame.WINDOW_UPDATE, 0, stream, 1 << 30);
      client.words(Http2Frame.WINDOW_UPDATE, 0, stream, WIDEST - (1 << 30) - WINDOW);
      answersPing(client);

      client.words(Http2Frame.WINDOW_UPDATE, 0, stream, 1);
      assertEquals(Http2Error.FLOW_CONTROL_ERROR.code, client.goneWith(), name);
    }
  }

  /** Whatever was sent before it has been taken. */
  private static void answersPing(Http2Client client) throws IOException {
    client.frame(Http2Frame.PING, 0, 0, new byte[8]);
    client.next(Http2Frame.PING);
  }
}
