package wagi.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import wagi.message.Headers;
import wagi.message.Responder;

class SlowClientTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String GET10 = "GET / HTTP/1.0\r\n\r\n";
  private static final int SMALL_BUFFER = 4096;

  @Test
  void largeWholeAnswerGoesToASlowReader() throws Exception {
    byte[] body = new byte[8 << 20];
    Guests guests = new Guests(r -> r.answer(200, Headers.none(), body));
    try (RunningServer server = new RunningServer(guests);
        RawClient client = new RawClient(server.address, SMALL_BUFFER)) {
      client.send(GET);
      guests.join();
      assertEquals(body.length, client.receive().body().length());
      client.send(GET);
      assertEquals(body.length, client.receive().body().length());
    }
  }

  @Test
  void slowReaderHoldsTheGuestBackAndLosesNothing() throws Exception {
    int blocks = 256;
    Guests guests = Guests.writing(blocks);
    try (RunningServer server = new RunningServer(guests);
        RawClient client = new RawClient(server.address, SMALL_BUFFER)) {
      client.send(GET);
      guests.blocked();
      assertEquals(blocks * Guests.BLOCK_BYTES, client.receive().body().length());
    }
  }

  @Test
  void interruptEndsABlockedWrite() throws Exception {
    Guests guests = Guests.endless();
    try (RunningServer server = new RunningServer(guests);
        RawClient client = new RawClient(server.address, SMALL_BUFFER)) {
      client.send(GET);
      guests.blocked().interrupt();
      IOException failure = guests.failure();
      assertInstanceOf(InterruptedIOException.class, failure);
      assertThrows(IOException.class, client::receive);
    }
  }

  @Test
  void clientThatTakesNothingEndsABlockedWrite() throws Exception {
    Guests guests = Guests.endless();
    try (RunningServer server = RunningServer.impatient(guests);
        RawClient client = new RawClient(server.address, SMALL_BUFFER)) {
      client.send(GET);
      IOException failure = guests.failure();
      assertEquals("the client took no byte in time", failure.getMessage());
      assertTrue(guests.gone.await(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void clientThatTakesNothingEndsAWholeAnswer() throws Exception {
    Guests guests = new Guests(r -> r.answer(200, Headers.none(), new byte[32 << 20]));
    try (RunningServer server = RunningServer.impatient(guests);
        RawClient client = new RawClient(server.address, SMALL_BUFFER)) {
      client.send(GET);
      guests.join();
      assertTrue(server.server.awaitIdle(Duration.ofSeconds(10)));
      assertThrows(EOFException.class, client::receive);
    }
  }

  @Test
  void resetEndsABlockedWrite() throws Exception {
    Guests guests = Guests.endless();
    try (RunningServer server = new RunningServer(guests)) {
      RawClient client = new RawClient(server.address, SMALL_BUFFER);
      client.send(GET);
      guests.blocked();
      client.reset();
      assertTrue(guests.gone.await(10, TimeUnit.SECONDS));
      assertNotNull(guests.failure());
    }
  }

  @Test
  void abortedChunksHaveNoEnd() throws Exception {
    Guests guests = Guests.aborting();
    try (RunningServer server = new RunningServer(guests);
        RawClient client = server.connect()) {
      client.send(GET);
      assertThrows(IOException.class, client::receive);
      assertEquals(1, guests.gone.getCount(), "it was not the client who left");
    }
  }

  @Test
  void abortedAnswerToHttp10IsAnErrorNotAnEnd() throws Exception {
    Guests guests = Guests.aborting();
    try (RunningServer server = new RunningServer(guests);
        RawClient client = server.connect()) {
      client.send(GET10);
      assertThrows(IOException.class, client::receive);
    }
  }

  @Test
  void abortBeforeTheAnswerClosesTheConnection() throws Exception {
    try (RunningServer server = new RunningServer(new Guests(Responder::abort));
        RawClient client = server.connect()) {
      assertTrue(client.send(GET).atEnd());
      assertTrue(server.server.awaitIdle(Duration.ofSeconds(10)));
    }
  }
}
