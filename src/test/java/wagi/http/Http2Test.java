package wagi.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wagi.http.tls.TestCertificate;
import wagi.message.Headers;

/** Requests and answers of HTTP/2. */
class Http2Test {
  @Test
  void requestAndAnswerByPriorKnowledge() throws Exception {
    try (RunningServer server = new RunningServer(new Echo(0));
        Http2Client client = new Http2Client(server.address)) {
      Http2Client.Answer answer =
          client.begin().get(1, "/a?b", "x-a", "1", "cookie", "a=1", "cookie", "b=2").answer(1);
      assertEquals(200, answer.status());
      assertEquals("yes", answer.header("x-echo"));
      assertEquals(String.valueOf(answer.body().length()), answer.header("content-length"));
      assertTrue(answer.header("date").endsWith("GMT"));
      assertEquals(
          "GET /a?b HTTP/2.0\nhost: a\nx-a: 1\ncookie: a=1\ncookie: b=2\nbody 0\n", answer.body());
      assertEquals(200, client.get(3, "/").answer(3).status());
    }
  }

  @Test
  void jdkClientSpeaksItUnderTls(@TempDir Path directory) throws Exception {
    TestCertificate certificate =
        TestCertificate.selfSigned(TestCertificate.keys("RSA"), "localhost");
    try (RunningServer server =
            new RunningServer(new Echo(8 << 20), new ListenOptions(certificate.tls(directory)));
        HttpClient client = HttpClient.newBuilder().sslContext(certificate.trusting()).build()) {
      URI uri = URI.create("https://localhost:" + server.address.getPort() + "/x");
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        int size = i * 20_000;
        HttpRequest request =
            HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[size]))
                .build();
        answers.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
      }
      for (int i = 0; i < answers.size(); i++) {
        HttpResponse<String> answer = answers.get(i).get(20, TimeUnit.SECONDS);
        assertEquals(HttpClient.Version.HTTP_2, answer.version());
        assertTrue(answer.body().contains("body " + i * 20_000 + "\n"), answer.body());
      }
    }
  }

  @Test
  void bodyOfUnknownLengthArrives() throws Exception {
    try (RunningServer server = new RunningServer(new Echo(1 << 20));
        Http2Client client = new Http2Client(server.address)) {
      client.begin().headers(1, false, "POST", "/");
      client.frame(Http2Frame.DATA, 0, 1, new byte[10_000]);
      client.frame(Http2Frame.DATA, Http2Frame.PADDED, 1, (byte) 2, (byte) 'x', (byte) 0, (byte) 0);
      client.frame(
          Http2Frame.HEADERS,
          Http2Frame.END_HEADERS | Http2Frame.END_STREAM,
          1,
          Http2Client.block("x-trailer", "1"));
      assertTrue(client.answer(1).body().endsWith("\nbody 10001\n"));
    }
  }

  @Test
  void bodyOverTheLimitIs413() throws Exception {
    try (RunningServer server = new RunningServer(new Echo(10));
        Http2Client client = new Http2Client(server.address)) {
      client.begin().headers(1, false, "POST", "/", "content-length", "11");
      assertEquals(413, client.answer(1).status());
      client.headers(3, false, "POST", "/");
      client.frame(Http2Frame.DATA, 0, 3, new byte[11]);
      assertEquals(413, client.answer(3).status());
      assertEquals(200, client.get(5, "/").answer(5).status());
    }
  }

  @Test
  void expectedContinueComesBeforeTheBody() throws Exception {
    try (RunningServer server = new RunningServer(new Echo(10));
        Http2Client client = new Http2Client(server.address)) {
      client.begin().headers(1, false, "POST", "/", "expect", "100-continue");
      Http2Client.Frame frame = client.next(Http2Frame.HEADERS);
      assertEquals(1, frame.stream());
      client.frame(Http2Frame.DATA, Http2Frame.END_STREAM, 1, (byte) 'x');
      assertTrue(client.answer(1).body().endsWith("body 1\n"));
    }
  }

  @Test
  void answerToHeadHasTheLengthAndNoBody() throws Exception {
    try (RunningServer server = new RunningServer(new Echo(0));
        Http2Client client = new Http2Client(server.address)) {
      Http2Client.Answer answer = client.begin().headers(1, true, "HEAD", "/").answer(1);
      assertTrue(Integer.parseInt(answer.header("content-length")) > 10);
      assertEquals("", answer.body());
    }
  }

  @Test
  void hopByHopHeadersOfAGuestStayBehind() throws Exception {
    Guests guests =
        new Guests(
            r ->
                r.answer(
                    200,
                    Headers.of("Connection", "close", "Transfer-Encoding", "x", "X-A", "1"),
                    new byte[1]));
    try (RunningServer server = new RunningServer(guests);
        Http2Client client = new Http2Client(server.address)) {
      Http2Client.Answer answer = client.begin().get(1, "/").answer(1);
      assertEquals("", answer.header("connection") + answer.header("transfer-encoding"));
      assertEquals("1", answer.header("x-a"));
    }
  }

  @Test
  void windowHoldsTheGuestBackAndNothingIsLost() throws Exception {
    int blocks = 64;
    Guests guests = Guests.writing(blocks);
    try (RunningServer server = new RunningServer(guests);
        Http2Client client = new Http2Client(server.address)) {
      client.begin().get(1, "/");
      guests.blocked();
      assertEquals(blocks * Guests.BLOCK_BYTES, client.answer(1).body().length());
    }
  }

  @Test
  void wholeLargeAnswerFollowsTheWindow() throws Exception {
    byte[] body = new byte[2 << 20];
    Guests guests = new Guests(r -> r.answer(200, Headers.none(), body));
    try (RunningServer server = new RunningServer(guests);
        Http2Client client = new Http2Client(server.address)) {
      assertEquals(body.length, client.begin().get(1, "/").answer(1).body().length());
    }
  }

  @Test
  void smallerInitialWindowCountsForStreamsUnderWay() throws Exception {
    Thinking handler = new Thinking();
    try (RunningServer server = new RunningServer(handler);
        Http2Client client = new Http2Client(server.address)) {
      client.begin().get(1, "/");
      Thinking.Thought thought = handler.next();
      client.frame(Http2Frame.SETTINGS, 0, 0, new byte[] {0, 4, 0, 0, 0, 3});
      Http2Client.Frame ack = client.next(Http2Frame.SETTINGS);
      while ((ack.flags() & Http2Frame.ACK) == 0 || ack.payload().hasRemaining()) {
        ack = client.next(Http2Frame.SETTINGS);
      }
      client.words(Http2Frame.PING, 0, 0, 1, 2).next(Http2Frame.PING);
      thought.answer("hello");
      Http2Client.Frame data = client.next(Http2Frame.DATA);
      assertEquals("hel", ISO_8859_1.decode(data.payload()).toString());
      client.words(Http2Frame.WINDOW_UPDATE, 0, 1, 10);
      data = client.next(Http2Frame.DATA);
      assertEquals("lo", ISO_8859_1.decode(data.payload()).toString());
      assertTrue(data.ends());
    }
  }

  @Test
  void resetEndsTheGuest() throws Exception {
    Thinking handler = new Thinking();
    try (RunningServer server = new RunningServer(handler);
        Http2Client client = new Http2Client(server.address)) {
      client.begin().get(1, "/");
      Thinking.Thought thought = handler.next();
      client.words(Http2Frame.RST_STREAM, 0, 1, 8);
      assertTrue(thought.gone().await(10, TimeUnit.SECONDS));
      assertTrue(server.server.awaitIdle(Duration.ofSeconds(10)));
    }
  }

  @Test
  void resetEndsABlockedWrite() throws Exception {
    Guests guests = Guests.endless();
    try (RunningServer server = new RunningServer(guests);
        Http2Client client = new Http2Client(server.address)) {
      client.begin().get(1, "/");
      client.next(Http2Frame.DATA);
      client.words(Http2Frame.RST_STREAM, 0, 1, 8);
      assertNotNull(guests.failure());
    }
  }

  @Test
  void endOfTheConnectionEndsEveryGuest() throws Exception {
    Thinking handler = new Thinking();
    try (RunningServer server = new RunningServer(handler)) {
      Http2Client client = new Http2Client(server.address);
      client.begin().get(1, "/").get(3, "/");
      Thinking.Thought one = handler.next();
      Thinking.Thought other = handler.next();
      client.close();
      assertTrue(one.gone().await(10, TimeUnit.SECONDS));
      assertTrue(other.gone().await(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void abortedAnswerIsReset() throws Exception {
    Guests guests = Guests.aborting();
    try (RunningServer server = new RunningServer(guests);
        Http2Client client = new Http2Client(server.address)) {
      client.begin().get(1, "/");
      IOException e = assertThrows(IOException.class, () -> client.answer(1));
      assertEquals("RST_STREAM 2", e.getMessage());
    }
  }

  @Test
  void stoppedServerFinishesItsStreamsAndTakesNoMore() throws Exception {
    Thinking handler = new Thinking();
    try (RunningServer server = new RunningServer(handler);
        Http2Client client = new Http2Client(server.address)) {
      client.begin().get(1, "/");
      Thinking.Thought thought = handler.next();
      server.server.stopAccepting();
      assertEquals(Integer.MAX_VALUE, client.next(Http2Frame.GOAWAY).payload().getInt(0));
      client.get(3, "/");
      handler.next().answer("still taken");
      assertEquals("still taken", client.answer(3).body());
      assertEquals(3, client.next(Http2Frame.GOAWAY).payload().getInt(0));
      client.get(5, "/");
      assertEquals(Http2Error.REFUSED_STREAM.code, client.next(Http2Frame.RST_STREAM).error());
      thought.answer("last");
      assertEquals("last", client.answer(1).body());
      assertEquals(-1, client.goneWith());
      assertTrue(server.server.awaitIdle(Duration.ofSeconds(10)));
    }
  }

  @Test
  void guestsOfManyStreamsShareTheConnection() throws Exception {
    try (RunningServer server = new RunningServer(Guests.writing(8));
        Http2Client raw = new Http2Client(server.address)) {
      raw.begin(4, 1 << 20).words(Http2Frame.WINDOW_UPDATE, 0, 0, 1 << 26);
      int streams = 20;
      for (int i = 0; i < streams; i++) {
        raw.get(2 * i + 1, "/");
      }
      int[] bytes = new int[2 * streams];
      int ended = 0;
      while (ended < streams) {
        Http2Client.Frame frame = raw.next();
        if (frame.type() == Http2Frame.DATA) {
          bytes[frame.stream()] += frame.payload().remaining();
          ended += frame.ends() ? 1 : 0;
        }
      }
      for (int i = 1; i < bytes.length; i += 2) {
        assertEquals(8 * Guests.BLOCK_BYTES, bytes[i]);
      }
    }
  }
}
