package wagi.http;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import wagi.message.Handler;
import wagi.message.Request;
import wagi.message.Responder;

/** Gives each request a thread, and remembers how it ended. */
final class Guests implements Handler {
  /** What a guest does with its answer. */
  interface Guest {
    void run(Responder responder) throws IOException;
  }

  final Guest guest;
  final CompletableFuture<Thread> thread = new CompletableFuture<>();
  final CompletableFuture<IOException> failure = new CompletableFuture<>();
  final CountDownLatch gone = new CountDownLatch(1);

  Guests(Guest guest) {
    this.guest = guest;
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
