package wagi.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Frames and heads that are not taken. */
class Http2GateTest {
  @SuppressWarnings("NullAway.Init")
  private static RunningServer echo;

  @BeforeAll
  static void start() throws IOException {
    echo = new RunningServer(new Echo(1 << 20));
  }

  @AfterAll
  static void stop() throws IOException {
    echo.close();
  }

  private static DynamicTest ends(String name, Http2Error error, Http2Attack attack) {
    return Http2Attack.ends(echo, name, error, attack);
  }

  @TestFactory
  Stream<DynamicTest> brokenFramesEndTheConnection() {
    return Stream.of(
        ends("DATA of the connection", Http2Error.PROTOCOL_ERROR, send(Http2Frame.DATA, 0, 1)),
        ends("DATA of an idle stream", Http2Error.PROTOCOL_ERROR, send(Http2Frame.DATA, 5, 1)),
        ends("RST_STREAM of an idle stream", Http2Error.PROTOCOL_ERROR, send(3, 5, 4)),
        ends("WINDOW_UPDATE of an idle stream", Http2Error.PROTOCOL_ERROR, send(8, 5, 4)),
        ends("HEADERS of an even stream", Http2Error.PROTOCOL_ERROR, send(1, 2, 0)),
        ends("HEADERS of stream 0", Http2Error.PROTOCOL_ERROR, send(1, 0, 0)),
        ends("PUSH_PROMISE", Http2Error.PROTOCOL_ERROR, send(5, 1, 4)),
        ends("CONTINUATION of nothing", Http2Error.PROTOCOL_ERROR, send(9, 1, 0)),
        ends("PING on a stream", Http2Error.PROTOCOL_ERROR, send(6, 1, 8)),
        ends("PING of 7 bytes", Http2Error.FRAME_SIZE_ERROR, send(6, 0, 7)),
        ends("SETTINGS of 5 bytes", Http2Error.FRAME_SIZE_ERROR, send(4, 0, 5)),
        ends("SETTINGS on a stream", Http2Error.PROTOCOL_ERROR, send(4, 1, 6)),
        ends("PRIORITY of 4 bytes", Http2Error.FRAME_SIZE_ERROR, send(2, 1, 4)),
        ends("frame over 16 KiB", Http2Error.FRAME_SIZE_ERROR, send(0, 1, 16_385)));
  }

  @TestFactory
  Stream<DynamicTest> brokenContentsEndTheConnection() {
    return Stream.of(
        ends(
            "window wider by nothing",
            Http2Error.PROTOCOL_ERROR,
            client -> client.words(Http2Frame.WINDOW_UPDATE, 0, 0, 0)),
        ends(
            "window beyond 2^31 - 1",
            Http2Error.FLOW_CONTROL_ERROR,
            client -> client.words(Http2Frame.WINDOW_UPDATE, 0, 0, Integer.MAX_VALUE)),
        ends("initial window beyond 2^31 - 1", Http2Error.FLOW_CONTROL_ERROR, setting(4, -1)),
        ends("MAX_FRAME_SIZE of 1", Http2Error.PROTOCOL_ERROR, setting(5, 1)),
        ends("ENABLE_PUSH of 2", Http2Error.PROTOCOL_ERROR, setting(2, 2)),
        ends(
            "more padding than payload",
            Http2Error.PROTOCOL_ERROR,
            client -> client.frame(Http2Frame.HEADERS, 0xc, 1, (byte) 9, (byte) 0)),
        ends(
            "padding without its length",
            Http2Error.FRAME_SIZE_ERROR,
            client -> client.frame(Http2Frame.HEADERS, 0xc, 1)),
        ends(
            "frame inside a header block",
            Http2Error.PROTOCOL_ERROR,
            client -> {
              client.frame(Http2Frame.HEADERS, 0, 1);
              client.frame(Http2Frame.PING, 0, 0, new byte[8]);
            }),
        ends(
            "trailers that do not end",
            Http2Error.PROTOCOL_ERROR,
            client -> client.headers(1, false, "POST", "/").headers(1, false, "POST", "/")),
        ends("HPACK index 0", Http2Error.COMPRESSION_ERROR, head(0x80)),
        ends("HPACK index beyond the table", Http2Error.COMPRESSION_ERROR, head(0xff, 0x20)),
        ends("HPACK number without end", Http2Error.COMPRESSION_ERROR, head(0xff, 0xff, 0xff)),
        ends(
            "HPACK number beyond its limit",
            Http2Error.COMPRESSION_ERROR,
            head(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f)),
        ends("HPACK text beyond the block", Http2Error.COMPRESSION_ERROR, head(0, 9, 'a')),
        ends("HPACK table too large", Http2Error.COMPRESSION_ERROR, head(0x3f, 0xe2, 0x1f)),
        ends("HPACK table size inside a block", Http2Error.COMPRESSION_ERROR, head(0x82, 0x20)),
        ends(
            "Huffman code that is none",
            Http2Error.COMPRESSION_ERROR,
            head(0, 0x84, 255, 255, 255, 255, 0)));
  }

  private static Http2Attack send(int type, int stream, int bytes) {
    return client -> client.frame(type, 0, stream, new byte[bytes]);
  }

  private static Http2Attack setting(int key, int value) {
    return client ->
        client.frame(
            Http2Frame.SETTINGS,
            0,
            0,
            ByteBuffer.allocate(6).putShort((short) key).putInt(value).array());
  }

  private static Http2Attack head(int... bytes) {
    byte[] block = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      block[i] = (byte) bytes[i];
    }
    return client -> client.frame(Http2Frame.HEADERS, 0x5, 1, block);
  }

  @TestFactory
  Stream<DynamicTest> malformedRequestsAreRefusedAndTheConnectionGoesOn() {
    return Stream.of(
        refused(400, ":method GET|:scheme http|:path /|X-A 1"),
        refused(400, ":method GET|:scheme http|:path /|:authority a|connection close"),
        refused(400, ":method GET|:scheme http|:path /|:authority a|proxy-connection x"),
        refused(400, ":method GET|:scheme http|:path /|:authority a|keep-alive x"),
        refused(400, ":method GET|:scheme http|:path /|:authority a|upgrade h2c"),
        refused(400, ":method GET|:scheme http|:path /|:authority a|transfer-encoding chunked"),
        refused(400, ":method GET|:scheme http|:path /|:authority a|te gzip"),
        refused(400, ":method GET|:scheme http|x-a 1|:path /|:authority a"),
        refused(400, ":method GET|:scheme http|:path /|:path /b|:authority a"),
        refused(400, ":method GET|:scheme http|:path /|:authority a|:status 200"),
        refused(400, ":method GET|:scheme http|:authority a"),
        refused(400, ":scheme http|:path /|:authority a"),
        refused(400, ":method GET|:path /|:authority a"),
        refused(400, ":method GET|:scheme ftp|:path /|:authority a"),
        refused(400, ":method GET|:scheme http|:path http://a/|:authority a"),
        refused(400, ":method GET|:scheme http|:path /"),
        refused(400, ":method GET|:scheme http|:path /|:authority a b"),
        refused(400, ":method GET|:scheme http|:path /|:authority a|host b"),
        refused(400, ":method GET|:scheme http|:path /|host a|host a"),
        refused(400, ":method GET|:scheme http|:path /../x|:authority a"),
        refused(400, ":method GET|:scheme http|:path /%2e%2e/x|:authority a"),
        refused(400, ":method GET|:scheme http|:path /%00|:authority a"),
        refused(400, ":method GET|:scheme http|:path /|:authority a|x-a 1\r\nx-b: 2"),
        refused(400, ":method GET|:scheme http|:path /|:authority a|x-a \0"),
        refused(400, ":method GET|:scheme http|:path /|:authority a|x-a  1"),
        refused(400, ":method GET|:scheme http|:path /|:authority a|Proxy http://evil"),
        refused(400, ":method GET|:scheme http|:path /|:authority a|proxy\t http://evil"),
        refused(400, ":method G T|:scheme http|:path /|:authority a"),
        refused(400, ":method GET|:scheme http|:path /|:authority a|content-length 1"),
        refused(400, ":method GET|:scheme http|:path /|:authority a|content-length +0"),
        refused(
            400, ":method GET|:scheme http|:path /|:authority a|content-length 0|content-length 0"),
        refused(405, ":method CONNECT|:authority a:80"),
        refused(405, ":method TRACE|:scheme http|:path /|:authority a"),
        refused(414, ":method GET|:scheme http|:path /" + "a".repeat(16_384) + "|:authority a"),
        refused(417, ":method GET|:scheme http|:path /|:authority a|expect x"),
        refused(431, ":method GET|:scheme http|:path /|:authority a" + "|a b".repeat(128)),
        refused(
            431,
            ":method GET|:scheme http|:path /|:authority a"
                + ("|a " + "b".repeat(9_000)).repeat(4)));
  }

  private static DynamicTest refused(int status, String fields) {
    String name = fields.replaceAll("[^ -~]", "?");
    return dynamicTest(
        status + " " + name.substring(0, Math.min(90, name.length())),
        () -> {
          String[] all =
              Stream.of(fields.split("\\|"))
                  .flatMap(field -> Arrays.stream(field.split(" ", 2)))
                  .toArray(String[]::new);
          try (Http2Client client = new Http2Client(echo.address)) {
            client.begin();
            sendHead(client, Http2Client.block(all));
            Http2Client.Answer answer = client.answer(1);
            assertEquals(status, answer.status(), answer.body());
            String id = answer.header("x-request-id");
            assertTrue(
                echo.refusals.stream()
                    .anyMatch(r -> r.requestId().equals(id) && r.status() == status));
            assertEquals(200, client.get(3, "/").answer(3).status());
          }
        });
  }

  private static void sendHead(Http2Client client, byte[] block) throws IOException {
    int type = Http2Frame.HEADERS;
    for (int from = 0; from < block.length; from += 16_384) {
      int end = Math.min(block.length, from + 16_384);
      int flags = end == block.length ? Http2Frame.END_HEADERS : 0;
      flags |= type == Http2Frame.HEADERS ? Http2Frame.END_STREAM : 0;
      client.frame(type, flags, 1, Arrays.copyOfRange(block, from, end));
      type = Http2Frame.CONTINUATION;
    }
  }

  @Test
  void bodyOfAnotherLengthThanPromisedIsReset() throws Exception {
    try (Http2Client client = new Http2Client(echo.address)) {
      client.begin().headers(1, false, "POST", "/", "content-length", "5");
      client.frame(Http2Frame.DATA, Http2Frame.END_STREAM, 1, new byte[4]);
      assertEquals(Http2Error.PROTOCOL_ERROR.code, client.next(Http2Frame.RST_STREAM).error());
      client.headers(3, false, "POST", "/", "content-length", "5");
      client.frame(Http2Frame.DATA, 0, 3, new byte[6]);
      assertEquals(Http2Error.PROTOCOL_ERROR.code, client.next(Http2Frame.RST_STREAM).error());
      assertEquals(200, client.get(5, "/").answer(5).status());
    }
  }

  @Test
  void fieldsThatReferToALargeOneAreCountedEachTime() throws Exception {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.writeBytes(new byte[] {(byte) 0x82, (byte) 0x84, (byte) 0x86, 0x41, 1, 'a'});
    byte[] large = Http2Client.block("a", "b".repeat(3_900));
    large[0] = 0x40;
    block.writeBytes(large);
    byte[] references = new byte[12_000];
    Arrays.fill(references, (byte) 0xbe);
    block.writeBytes(references);
    try (Http2Client client = new Http2Client(echo.address)) {
      client.begin();
      sendHead(client, block.toByteArray());
      assertEquals(431, client.answer(1).status());
      assertEquals(200, client.get(3, "/").answer(3).status());
    }
  }

  @Test
  void otherPrefacesAreNoHttp2() throws Exception {
    try (RawClient client = new RawClient(echo.address)) {
      client.send("PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n");
      assertEquals(505, client.receive().status());
    }
    try (Http2Client client = new Http2Client(echo.address)) {
      client.send(Http2Preface.BYTES).frame(Http2Frame.PING, 0, 0, new byte[8]);
      assertEquals(Http2Error.PROTOCOL_ERROR.code, client.goneWith());
    }
  }

  @Test
  void listenerWithoutHttp2RefusesIt() throws Exception {
    try (RunningServer server =
            new RunningServer(new Echo(0), new ListenOptions(null, false, false));
        RawClient client = server.connect()) {
      client.send(Http2Preface.BYTES);
      assertEquals(505, client.receive().status());
    }
  }
}
