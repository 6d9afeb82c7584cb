package wagi.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import wagi.message.Handler;
import wagi.message.Headers;
import wagi.message.Request;
import wagi.message.Responder;

/** Gives each request a thread, and remembers how the first ended. */
final class Guests implements Handler {
  static final int BLOCK_BYTES = 64 * 1024;

  /** What a guest does with its answer. */
  interface Guest {
    void run(Responder responder) throws IOException;
  }

  private final Guest guest;
  private final CompletableFuture<Thread> thread = new CompletableFuture<>();
  private final CompletableFuture<IOException> failure = new CompletableFuture<>();
  final CountDownLatch gone = new CountDownLatch(1);

  Guests(Guest guest) {
    this.guest = guest;
  }

  /** Guests that write as many blocks. */
  static Guests writing(int blocks) {
    byte[] block = new byte[BLOCK_BYTES];
    return new Guests(
        responder -> {
          responder.begin(200, Headers.none());
          for (int i = 0; i < blocks; i++) {
            responder.write(block, 0, block.length);
          }
          responder.end();
        });
  }

  /** Guests that write until they are stopped. */
  static Guests endless() {
    return writing(Integer.MAX_VALUE);
  }

  /** Guests that give up when they have begun. */
  static Guests aborting() {
    return new Guests(
        responder -> {
          responder.begin(200, Headers.none());
          responder.write("hello".getBytes(ISO_8859_1), 0, 5);
          responder.abort();
        });
  }

  /** Returns the guest's thread once it waits for its client. */
  Thread blocked() throws InterruptedException {
    Thread blocked = soon(thread);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (blocked.getState() != Thread.State.TIMED_WAITING) {
      assertTrue(System.nanoTime() < deadline, "the guest never waits: " + blocked.getState());
      Thread.onSpinWait();
    }
    return blocked;
  }

  /** Returns once the guest has ended. */
  void join() throws InterruptedException {
    soon(thread).join();
  }

  /** Returns what became of the guest's writing. */
  IOException failure() throws InterruptedException {
    return soon(failure);
  }

  private static <T> T soon(Future<T> future) throws InterruptedException {
    try {
      return future.get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void handle(Request request, Responder responder) {
    responder.onClientGone(gone::countDown);
    thread.complete(Thread.startVirtualThread(() -> run(responder)));
  }

  private void run(Responder responder) {
    try {
      guest.run(responder);
    } catch (IOException e) {
      failure.complete(e);
    }
  }

  @Override
  public long bodyLimit(Request head) {
    return 0;
  }
}
