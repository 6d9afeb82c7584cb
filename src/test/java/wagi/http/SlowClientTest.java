package wagi.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import wagi.message.Headers;
import wagi.message.Pause;
import wagi.message.Responder;

class SlowClientTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String GET10 = "GET / HTTP/1.0\r\n\r\n";
  private static final int SMALL_BUFFER = 4096;
  private static final byte[] BLOCK = new byte[64 * 1024];

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  @Test
  void largeWholeAnswerGoesToASlowReader() throws Exception {
    byte[] body = new byte[8 << 20];
    Guests guests = new Guests(r -> r.answer(200, Headers.none(), body));
    try (RunningServer server = new RunningServer(guests);
        RawClient client = new RawClient(server.address, SMALL_BUFFER)) {
      client.send(GET);
      guests.thread.get(10, TimeUnit.SECONDS).join();
      assertEquals(body.length, client.receive().body().length());
      client.send(GET);
      assertEquals(body.length, client.receive().body().length());
    }
  }

  /** A guest that writes until it is stopped, and counts. */
  private static Guests endless(AtomicLong written) {
    return new Guests(
        r -> {
          r.begin(200, Headers.none());
          while (true) {
            r.write(BLOCK, 0, BLOCK.length, Pause.IGNORED);
            written.addAndGet(BLOCK.length);
          }
        });
  }

  /** Returns once the guest's thread waits for its client. */
  private static Thread blocked(Guests guests) throws Exception {
    Thread thread = guests.thread.get(10, TimeUnit.SECONDS);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      assertTrue(System.nanoTime() < deadline, "the guest never waits: " + thread.getState());
      Thread.onSpinWait();
    }
    return thread;
  }

  @Test
  void slowReaderHoldsTheGuestBackAndLosesNothing() throws Exception {
    int blocks = 256;
    Guests guests =
        new Guests(
            r -> {
              r.begin(200, Headers.none());
              for (int i = 0; i < blocks; i++) {
                r.write(BLOCK, 0, BLOCK.length, Pause.IGNORED);
              }
              r.end();
            });
    try (RunningServer server = new RunningServer(guests);
        RawClient client = new RawClient(server.address, SMALL_BUFFER)) {
      client.send(GET);
      blocked(guests);
      assertEquals(blocks * BLOCK.length, client.receive().body().length());
    }
  }

  @Test
  void interruptEndsABlockedWrite() throws Exception {
    AtomicLong written = new AtomicLong();
    Guests guests = endless(written);
    try (RunningServer server = new RunningServer(guests);
        RawClient client = new RawClient(server.address, SMALL_BUFFER)) {
      client.send(GET);
      blocked(guests).interrupt();
      IOException failure = guests.failure.get(10, TimeUnit.SECONDS);
      assertInstanceOf(InterruptedIOException.class, failure);
      assertThrows(IOException.class, client::receive);
    }
  }

  @Test
  void clientThatTakesNothingEndsABlockedWrite() throws Exception {
    Guests guests = endless(new AtomicLong());
    try (RunningServer server = new RunningServer(guests, Duration.ofMillis(300), 1);
        RawClient client = new RawClient(server.address, SMALL_BUFFER)) {
      client.send(GET);
      IOException failure = guests.failure.get(10, TimeUnit.SECONDS);
      assertEquals("the client took no byte in time", failure.getMessage());
      assertTrue(guests.gone.await(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void clientThatTakesNothingEndsAWholeAnswer() throws Exception {
    Guests guests = new Guests(r -> r.answer(200, Headers.none(), new byte[32 << 20]));
    try (RunningServer server = new RunningServer(guests, Duration.ofMillis(300), 1);
        RawClient client = new RawClient(server.address, SMALL_BUFFER)) {
      client.send(GET);
      guests.thread.get(10, TimeUnit.SECONDS).join();
      assertTrue(server.server.awaitIdle(Duration.ofSeconds(10)));
      assertThrows(EOFException.class, client::receive);
    }
  }

  @Test
  void resetEndsABlockedWrite() throws Exception {
    Guests guests = endless(new AtomicLong());
    try (RunningServer server = new RunningServer(guests)) {
      RawClient client = new RawClient(server.address, SMALL_BUFFER);
      client.send(GET);
      blocked(guests);
      client.reset();
      assertTrue(guests.gone.await(10, TimeUnit.SECONDS));
      assertTrue(guests.failure.get(10, TimeUnit.SECONDS) != null);
    }
  }

  @Test
  void abortedChunksHaveNoEnd() throws Exception {
    Guests guests =
        new Guests(
            r -> {
              r.begin(200, Headers.none());
              r.write(bytes("hello"), 0, 5);
              r.abort();
            });
    try (RunningServer server = new RunningServer(guests);
        RawClient client = server.connect()) {
      client.send(GET);
      assertThrows(IOException.class, client::receive);
      assertEquals(1, guests.gone.getCount(), "it was not the client who left");
    }
  }

  @Test
  void abortedAnswerToHttp10IsAnErrorNotAnEnd() throws Exception {
    Guests guests =
        new Guests(
            r -> {
              r.begin(200, Headers.none());
              r.write(bytes("hello"), 0, 5);
              r.abort();
            });
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
