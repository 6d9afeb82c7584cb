package wagi.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import wagi.message.Handler;
import wagi.message.Headers;
import wagi.message.Request;
import wagi.message.Responder;

class ConnectionTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

  @Test
  void clientThatClosesWhileTheGuestComputesIsNoticed() throws Exception {
    Thinking handler = new Thinking();
    try (RunningServer server = new RunningServer(handler)) {
      RawClient client = server.connect();
      client.send(GET);
      Thinking.Thought thought = handler.next();
      client.close();
      assertTrue(thought.gone().await(10, TimeUnit.SECONDS));
      assertThrows(IOException.class, () -> thought.responder().write(new byte[1], 0, 1));
      thought.answer("too late");
      assertTrue(server.server.awaitIdle(Duration.ofSeconds(10)));
    }
  }

  @Test
  void clientThatResetsWhileTheGuestComputesIsNoticed() throws Exception {
    Thinking handler = new Thinking();
    try (RunningServer server = new RunningServer(handler)) {
      RawClient client = server.connect();
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi");
      Thinking.Thought thought = handler.next();
      client.reset();
      assertTrue(thought.gone().await(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void clientThatLeftBeforeItWasAskedForIsToldAtOnce() throws Exception {
    Thinking handler = new Thinking();
    try (RunningServer server = new RunningServer(handler)) {
      RawClient client = server.connect();
      client.send(GET);
      Thinking.Thought thought = handler.next();
      client.close();
      assertTrue(thought.gone().await(10, TimeUnit.SECONDS));
      CountDownLatch second = new CountDownLatch(1);
      thought.responder().onClientGone(second::countDown);
      assertEquals(0, second.getCount());
    }
  }

  @Test
  void pipelinedBytesAreNoGoodbye() throws Exception {
    Thinking handler = new Thinking();
    try (RunningServer server = new RunningServer(handler);
        RawClient client = server.connect()) {
      client.send(GET);
      Thinking.Thought first = handler.next();
      client.send("GET /second HTTP/1.1\r\nHost: a\r\n\r\nGET /third HTTP/1.1\r\n");
      assertFalse(first.gone().await(100, TimeUnit.MILLISECONDS));
      first.answer("one");
      assertEquals("one", client.receive().body());
      Thinking.Thought second = handler.next();
      assertEquals("/second", second.request().target().path());
      client.send("Host: a\r\n\r\n");
      second.answer("two");
      assertEquals("two", client.receive().body());
      Thinking.Thought third = handler.next();
      assertEquals("/third", third.request().target().path());
      third.answer("three");
      assertEquals("three", client.receive().body());
      assertEquals(1, second.gone().getCount());
    }
  }

  @Test
  void pipelinedRequestsOfManyKilobytesAreAllAnswered() throws Exception {
    Thinking handler = new Thinking();
    String padded = "GET /%d HTTP/1.1\r\nHost: a\r\nX-P: " + "p".repeat(3000) + "\r\n\r\n";
    try (RunningServer server = new RunningServer(handler);
        RawClient client = server.connect()) {
      client.send(padded.formatted(0));
      Thinking.Thought thought = handler.next();
      StringBuilder more = new StringBuilder();
      for (int i = 1; i < 30; i++) {
        more.append(padded.formatted(i));
      }
      client.send(more.toString());
      for (int i = 0; i < 30; i++) {
        assertEquals("/" + i, thought.request().target().path());
        assertEquals(3000, String.valueOf(thought.request().headers().first("X-P")).length());
        thought.answer("answer " + i);
        assertEquals("answer " + i, client.receive().body());
        if (i < 29) {
          thought = handler.next();
        }
      }
    }
  }

  @Test
  void pipelinedAnswersFromTheIoThreadKeepTheirOrder() throws Exception {
    try (RunningServer server = new RunningServer(new Echo(0));
        RawClient client = server.connect()) {
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 200; i++) {
        requests.append("GET /").append(i).append(" HTTP/1.1\r\nHost: a\r\n\r\n");
      }
      client.send(requests.toString());
      for (int i = 0; i < 200; i++) {
        assertTrue(client.receive().body().startsWith("GET /" + i + " "), "answer " + i);
      }
    }
  }

  @Test
  void answersFromManyThreadsReachTheirClients() throws Exception {
    int clients = 8;
    int requests = 500;
    try (ExecutorService guests = Executors.newFixedThreadPool(4);
        ExecutorService users = Executors.newFixedThreadPool(clients);
        RunningServer server = new RunningServer(new PathLater(guests))) {
      List<Future<?>> all = new ArrayList<>();
      for (int c = 0; c < clients; c++) {
        String name = "/client" + c + "/";
        all.add(users.submit(() -> ask(server, name, requests)));
      }
      for (Future<?> one : all) {
        one.get(60, TimeUnit.SECONDS);
      }
      assertTrue(server.server.awaitIdle(Duration.ofSeconds(10)));
    }
  }

  private static @Nullable Void ask(RunningServer server, String name, int requests)
      throws IOException {
    try (RawClient client = server.connect()) {
      for (int i = 0; i < requests; i += 2) {
        String first = name + i;
        String second = name + (i + 1);
        client.send(get(first) + get(second));
        assertEquals(first, client.receive().body());
        assertEquals(second, client.receive().body());
      }
      return null;
    }
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }

  /** Answers with the path, from another thread, streamed or whole. */
  private record PathLater(ExecutorService guests) implements Handler {
    @Override
    public void handle(Request request, Responder responder) {
      guests.execute(
          () -> {
            byte[] path = request.target().path().getBytes(UTF_8);
            if (path[path.length - 1] % 3 == 0) {
              responder.answer(200, Headers.none(), path);
              return;
            }
            responder.begin(200, Headers.none());
            try {
              responder.write(path, 0, path.length);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            responder.end();
          });
    }

    @Override
    public long bodyLimit(Request head) {
      return 0;
    }
  }

  @Test
  void clientThatEndsAfterAWholeAnswerHasBegunStillGetsIt() throws Exception {
    Thinking handler = new Thinking();
    try (RunningServer server = new RunningServer(handler);
        RawClient client = new RawClient(server.address, 4096)) {
      client.send(GET);
      byte[] body = new byte[8 << 20];
      handler.next().responder().answer(200, Headers.none(), body);
      client.endSending();
      assertEquals(body.length, client.receive().body().length());
      assertTrue(client.atEnd());
    }
  }

  @Test
  void requestIsWhatWasSent() throws Exception {
    Thinking handler = new Thinking();
    try (RunningServer server = new RunningServer(handler);
        RawClient client = server.connect()) {
      client.send("GET /a%2Fb;c?d HTTP/1.1\r\nHost: a\r\nX: \u00e9\r\n\r\n");
      Thinking.Thought thought = handler.next();
      Request request = thought.request();
      assertEquals("GET", request.method());
      assertEquals("/a%2Fb;c", request.target().path());
      assertEquals("d", request.target().query());
      assertEquals("HTTP/1.1", request.protocol());
      assertEquals("a", request.host());
      assertEquals("\u00e9", request.headers().first("X"));
      assertEquals(0, request.body().length());
      assertEquals("http", request.connection().scheme());
      assertEquals(server.address, request.connection().local());
      assertTrue(request.connection().remote().getAddress().isLoopbackAddress());
      assertTrue(request.id().matches("[0-9a-f]{16}"), request.id());
      thought.answer("");
      assertEquals(200, client.receive().status());
      client.send(GET);
      assertNotEquals(request.id(), handler.next().request().id());
    }
  }

  @Test
  void handlerThatFailsIsA500() throws Exception {
    Handler failing =
        new Handler() {
          @Override
          public void handle(Request request, Responder responder) {
            throw new IllegalStateException("secret");
          }

          @Override
          public long bodyLimit(Request head) {
            return 0;
          }
        };
    try (RunningServer server = new RunningServer(failing);
        RawClient client = server.connect()) {
      RawClient.Response response = client.send(GET).receive();
      assertEquals(500, response.status());
      assertFalse(response.body().contains("secret"));
      assertEquals(500, client.send(GET).receive().status());
      assertTrue(server.server.awaitIdle(Duration.ofSeconds(10)));
    }
  }

  @Test
  void slowHeadIsClosed() throws Exception {
    try (RunningServer server = RunningServer.impatient(new Echo(0));
        RawClient client = server.connect()) {
      assertTrue(client.send("GET / HTTP/1.1\r\nHo").atEnd());
    }
  }

  @Test
  void idleConnectionIsClosed() throws Exception {
    try (RunningServer server = RunningServer.impatient(new Echo(0));
        RawClient client = server.connect()) {
      assertEquals(200, client.send(GET).receive().status());
      assertTrue(client.atEnd());
    }
  }

  @Test
  void thinkingGuestIsNotAnIdleConnection() throws Exception {
    Thinking handler = new Thinking();
    try (RunningServer server = new RunningServer(handler, Duration.ofMillis(200), 1);
        RawClient client = server.connect()) {
      client.send(GET);
      Thinking.Thought thought = handler.next();
      assertFalse(thought.gone().await(800, TimeUnit.MILLISECONDS));
      thought.answer("done");
      assertEquals("done", client.receive().body());
    }
  }
}
