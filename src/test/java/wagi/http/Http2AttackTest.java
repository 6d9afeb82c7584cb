package wagi.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import wagi.message.Headers;

/** What clients do to HTTP/2 servers, and what becomes of them here. */
class Http2AttackTest {
  @SuppressWarnings("NullAway.Init")
  private static RunningServer echo;

  @SuppressWarnings("NullAway.Init")
  private static RunningServer spacious;

  @BeforeAll
  static void start() throws IOException {
    echo = new RunningServer(new Echo(1 << 20));
    spacious = new RunningServer(new Echo(1 << 30), Duration.ofSeconds(30), 1 << 30);
  }

  @AfterAll
  static void stop() throws IOException {
    echo.close();
    spacious.close();
  }

  private static DynamicTest ends(String name, Http2Attack attack) {
    return Http2Attack.ends(echo, name, Http2Error.ENHANCE_YOUR_CALM, attack);
  }

  @TestFactory
  Stream<DynamicTest> floodsEndTheConnection() {
    return Stream.of(
        ends(
            "rapid reset flood (CVE-2023-44487)",
            client -> {
              for (int i = 0; i < 5_000; i++) {
                client.headers(2 * i + 1, false, "POST", "/");
                client.words(Http2Frame.RST_STREAM, 0, 2 * i + 1, 8);
              }
            }),
        ends(
            "flood of bodies that make us reset (CVE-2025-8671)",
            client -> {
              for (int i = 0; i < 5_000; i++) {
                client.headers(2 * i + 1, false, "POST", "/", "content-length", "1");
                client.frame(Http2Frame.DATA, Http2Frame.END_STREAM, 2 * i + 1);
              }
            }),
        ends(
            "CONTINUATION flood of bytes",
            client -> {
              client.frame(Http2Frame.HEADERS, 0, 1, Http2Client.block(":method", "GET"));
              for (int i = 0; i < 100; i++) {
                client.frame(
                    Http2Frame.CONTINUATION, 0, 1, Http2Client.block("a", "x".repeat(16_000)));
              }
            }),
        ends(
            "CONTINUATION flood of nothing",
            client -> {
              client.frame(Http2Frame.HEADERS, 0, 1, Http2Client.block(":method", "GET"));
              for (int i = 0; i < 100; i++) {
                client.frame(Http2Frame.CONTINUATION, 0, 1);
              }
            }),
        ends("PING flood", repeat(Http2Frame.PING, 0, 8)),
        ends("SETTINGS flood", repeat(Http2Frame.SETTINGS, 0, 0)),
        ends("PRIORITY flood", repeat(Http2Frame.PRIORITY, 1, 5)),
        ends("flood of unknown frames", repeat(99, 0, 0)),
        ends(
            "flood of empty DATA (CVE-2019-9518)",
            client -> {
              client.headers(1, false, "POST", "/");
              repeat(Http2Frame.DATA, 1, 0).run(client);
            }),
        ends(
            "flood of WINDOW_UPDATE for closed streams",
            client -> {
              client.get(1, "/").answer(1);
              for (int i = 0; i < 5_000; i++) {
                client.words(Http2Frame.WINDOW_UPDATE, 0, 1, 1);
              }
            }));
  }

  @TestFactory
  Stream<DynamicTest> dataBeyondTheWindowEndsTheConnection() {
    return Stream.of(
        Http2Attack.ends(
            spacious,
            "flood of DATA beyond the window",
            Http2Error.FLOW_CONTROL_ERROR,
            client -> {
              client.headers(1, false, "POST", "/");
              for (int i = 0; i < 4_000; i++) {
                client.frame(Http2Frame.DATA, 0, 1, new byte[16_384]);
              }
            }));
  }

  private static Http2Attack repeat(int type, int stream, int bytes) {
    return client -> {
      for (int i = 0; i < 20_000; i++) {
        client.frame(type, 0, stream, new byte[bytes]);
      }
    };
  }

  @Test
  void streamsBeyondTheirNumberAreRefused() throws Exception {
    Thinking handler = new Thinking();
    try (RunningServer server = new RunningServer(handler);
        Http2Client client = new Http2Client(server.address)) {
      client.begin();
      for (int i = 0; i <= 100; i++) {
        client.get(2 * i + 1, "/");
      }
      Http2Client.Frame refused = client.next(Http2Frame.RST_STREAM);
      assertEquals(201, refused.stream());
      assertEquals(Http2Error.REFUSED_STREAM.code, refused.error());
      handler.next().answer("ok");
      assertEquals("ok", client.answer(1).body());
      client.get(203, "/");
      for (int i = 0; i < 100; i++) {
        handler.next();
      }
      assertEquals(0, handler.thoughts.size());
    }
  }

  @Test
  void dataBehindTheEndOfAStreamEndsTheConnection() throws Exception {
    Thinking handler = new Thinking();
    try (RunningServer server = new RunningServer(handler);
        Http2Client client = new Http2Client(server.address)) {
      client.begin().get(1, "/");
      Thinking.Thought thought = handler.next();
      client.frame(Http2Frame.DATA, 0, 1, (byte) 1);
      assertEquals(Http2Error.STREAM_CLOSED.code, client.goneWith());
      assertTrue(thought.gone().await(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void clientThatGivesNoWindowEndsTheWriteInTime() throws Exception {
    Guests guests = Guests.endless();
    try (RunningServer server = RunningServer.impatient(guests);
        Http2Client client = new Http2Client(server.address)) {
      client.begin(4, 0).get(1, "/");
      IOException failure = guests.failure();
      assertEquals("the client took no byte in time", failure.getMessage());
      assertTrue(server.server.awaitIdle(Duration.ofSeconds(10)));
    }
  }

  @Test
  void clientThatReadsNothingLosesTheConnectionInTime() throws Exception {
    Guests guests = new Guests(r -> r.answer(200, Headers.none(), new byte[32 << 20]));
    try (RunningServer server = RunningServer.impatient(guests);
        Http2Client client = new Http2Client(server.address, 4096)) {
      client.begin(4, Integer.MAX_VALUE).words(Http2Frame.WINDOW_UPDATE, 0, 0, 1 << 30);
      client.get(1, "/");
      guests.join();
      assertTrue(server.server.awaitIdle(Duration.ofSeconds(10)));
    }
  }

  @TestFactory
  Stream<DynamicTest> clientsThatStopHalfWayAreClosedInTime() {
    return Stream.of(
        stops("in the preface", client -> client.send("PRI * HT".getBytes(ISO_8859_1))),
        stops("before SETTINGS", client -> client.send(Http2Preface.BYTES)),
        stops("in a frame", client -> client.begin().send(new byte[] {0, 0, 9, 1})),
        stops(
            "in a header block",
            client ->
                client.begin().frame(Http2Frame.HEADERS, 0, 1, Http2Client.block(":path", "/"))),
        stops("in a body", client -> client.begin().headers(1, false, "POST", "/").next(100)),
        stops("after a request", client -> client.begin().get(1, "/").answer(1)));
  }

  private static DynamicTest stops(String name, Http2Attack beginning) {
    return dynamicTest(
        name,
        () -> {
          try (RunningServer server = RunningServer.impatient(new Echo(10));
              Http2Client client = new Http2Client(server.address)) {
            try {
              beginning.run(client);
            } catch (IOException e) {
              return;
            }
            int code = client.goneWith();
            assertTrue(List.of(-1, 0).contains(code), "GOAWAY " + code);
          }
        });
  }
}
