package wagi.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import wagi.Fuzz;

/**
 * A server that is sent all kinds of bytes. Whatever they are, it logs no error and goes on serving
 * others.
 *
 * @param handler what reached it
 */
record FuzzedServer(RunningServer server, Recorded handler, Other other) {
  private static final int TRIES = 300;

  /** A connection that sends these bytes, and checks what came of them. */
  interface Exchange {
    /** Returns how many requests ran. */
    int run(FuzzedServer server, byte[] bytes, SplittableRandom random) throws IOException;
  }

  /** A client that behaves. */
  interface Other {
    /** Returns the status of its answer. */
    int ask(RunningServer server) throws IOException;
  }

  /** Sends bytes. */
  interface Sender {
    void send(byte[] bytes) throws IOException;
  }

  static void withstands(Fuzz.Input input, Exchange exchange, Other other) throws IOException {
    Recorded handler = new Recorded();
    AtomicInteger ran = new AtomicInteger();
    try (RunningServer running = new RunningServer(handler);
        ErrorLog log = ErrorLog.open()) {
      FuzzedServer server = new FuzzedServer(running, handler, other);
      Fuzz.bytes(
          TRIES,
          input,
          (bytes, random) -> {
            ran.addAndGet(exchange.run(server, bytes, random));
            if (random.nextInt(50) == 0) {
              server.serves();
            }
            assertEquals(List.of(), log.errors());
          });
      server.serves();
    }
    assertTrue(ran.get() > TRIES / 4, "next to nothing came through: " + ran);
  }

  private void serves() throws IOException {
    assertEquals(200, other.ask(server));
    handler.since();
  }

  /** Sends all in pieces of any size. */
  static void inPieces(byte[] bytes, SplittableRandom random, Sender sender) throws IOException {
    for (int from = 0; from < bytes.length; ) {
      int length = Math.min(bytes.length - from, 1 + random.nextInt(bytes.length));
      sender.send(Arrays.copyOfRange(bytes, from, from + length));
      from += length;
    }
  }
}
