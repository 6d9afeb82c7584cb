package wagi.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import wagi.message.Handler;
import wagi.message.Headers;
import wagi.message.Incident;
import wagi.message.Request;
import wagi.message.Responder;

class HttpServerTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

  @Test
  void stoppedServerFinishesWhatItHasAndTakesNoMore() throws Exception {
    Thinking handler = new Thinking();
    try (RunningServer server = new RunningServer(handler);
        RawClient idle = server.connect();
        RawClient busy = server.connect()) {
      idle.send(GET);
      handler.next().answer("first");
      assertEquals("first", idle.receive().body());
      busy.send(GET);
      Thinking.Thought thought = handler.next();
      server.server.stopAccepting();
      assertTrue(idle.atEnd(), "an idle connection stays open");
      assertThrows(IOException.class, server::connect);
      assertFalse(server.server.awaitIdle(Duration.ofMillis(50)));
      thought.answer("last");
      RawClient.Response response = busy.receive();
      assertEquals("last", response.body());
      assertEquals("close", response.header("Connection"));
      assertTrue(busy.atEnd());
      assertTrue(server.server.awaitIdle(Duration.ofSeconds(10)));
    }
  }

  @Test
  void closedServerBreaksOffWhatIsInFlight() throws Exception {
    Thinking handler = new Thinking();
    try (RunningServer server = new RunningServer(handler);
        RawClient client = server.connect()) {
      client.send(GET);
      Thinking.Thought thought = handler.next();
      server.server.close();
      assertTrue(client.atEnd());
      thought.answer("too late");
    }
  }

  @Test
  void takenPortIsSaidClearly() throws Exception {
    try (RunningServer server = new RunningServer(new Echo(0))) {
      BindException failure =
          assertThrows(
              BindException.class, () -> server.server.listen(server.address, new Echo(0)));
      assertEquals(
          "cannot listen on "
              + server.address.getHostString()
              + ":"
              + server.address.getPort()
              + ": address already in use",
          failure.getMessage());
    }
  }

  @Test
  void foreignAddressIsSaidClearly() throws Exception {
    try (RunningServer server = new RunningServer(new Echo(0))) {
      InetSocketAddress foreign = new InetSocketAddress("192.0.2.1", 3000);
      BindException failure =
          assertThrows(BindException.class, () -> server.server.listen(foreign, new Echo(0)));
      String message = String.valueOf(failure.getMessage());
      assertTrue(message.startsWith("cannot listen on 192.0.2.1:3000: "), message);
    }
  }

  @Test
  void severalListenersHaveHandlersOfTheirOwn() throws Exception {
    Thinking handler = new Thinking();
    try (RunningServer server = new RunningServer(handler)) {
      InetSocketAddress second = server.server.listen(RunningServer.local(0), new Echo(0));
      try (RawClient client = new RawClient(second)) {
        assertTrue(client.send(GET).receive().body().startsWith("GET / "));
        assertTrue(handler.thoughts.isEmpty());
      }
    }
  }

  @Test
  void listenerThatStopsLeavesTheOthersAndItsConnections() throws Exception {
    try (RunningServer server = new RunningServer(new Echo(0))) {
      InetSocketAddress second = server.server.listen(RunningServer.local(0), new Echo(0));
      try (RawClient client = new RawClient(second);
          RawClient other = server.connect()) {
        assertEquals(200, client.send(GET).receive().status());
        server.server.stopListening(second);
        assertThrows(IOException.class, () -> new RawClient(second));
        assertEquals(200, client.send(GET).receive().status());
        assertEquals(200, other.send(GET).receive().status());
      }
    }
  }

  @Test
  void connectionsBeyondTheCapWaitForTheirTurn() throws Exception {
    Thinking handler = new Thinking();
    Path directory = Files.createTempDirectory("spool");
    Duration patience = Duration.ofSeconds(30);
    HttpSettings settings =
        new HttpSettings(1, 2, patience, patience, patience, patience, directory, 0, a -> false);
    BlockingQueue<Incident> incidents = new LinkedBlockingQueue<>();
    try (HttpServer server = new HttpServer(settings, refusal -> {}, incidents::add)) {
      InetSocketAddress address = server.listen(RunningServer.local(0), handler);
      try (RawClient first = new RawClient(address);
          RawClient second = new RawClient(address);
          RawClient third = new RawClient(address)) {
        first.send(GET);
        Thinking.Thought one = handler.next();
        second.send(GET);
        Thinking.Thought other = handler.next();
        assertEquals(
            "2 connections are open, the most on one address, and more wait;"
                + " server.connections raises it",
            incidents.take().sentence());
        third.send(GET);
        assertNull(handler.thoughts.poll(200, TimeUnit.MILLISECONDS));
        one.answer("one");
        assertEquals("one", first.receive().body());
        assertTrue(incidents.isEmpty(), incidents.toString());
        assertNull(handler.thoughts.poll(100, TimeUnit.MILLISECONDS));
        first.reset();
        handler.next().answer("three");
        assertEquals("three", third.receive().body());
        other.answer("two");
        assertEquals("two", second.receive().body());
      }
    }
    Files.delete(directory);
  }

  @Test
  void answersWhileItsThreadsDoAndNotWhileOneIsStuck() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (RunningServer server = new RunningServer(new Blocking(stuck, release));
        RawClient client = server.connect()) {
      assertTrue(server.server.answers(Duration.ofSeconds(10)));
      client.send(GET);
      stuck.await();
      assertFalse(server.server.answers(Duration.ofMillis(100)));
      release.countDown();
      assertTrue(server.server.answers(Duration.ofSeconds(10)));
      server.server.close();
      assertFalse(server.server.answers(Duration.ofMillis(100)));
    }
  }

  @Test
  void allConnectionsTakenIsNoReasonNotToAnswer() throws Exception {
    try (RunningServer server = new RunningServer(new Echo(0))) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 110; i++) {
        clients.add(server.connect());
      }
      assertTrue(server.server.answers(Duration.ofSeconds(10)));
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  /** Keeps the I/O thread, as no handler should. */
  private record Blocking(CountDownLatch stuck, CountDownLatch release) implements Handler {
    @Override
    public void handle(Request request, Responder responder) {
      stuck.countDown();
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      responder.answer(200, Headers.none(), new byte[0]);
    }

    @Override
    public long bodyLimit(Request head) {
      return 0;
    }
  }
}
