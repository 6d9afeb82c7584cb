package wagi.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import wagi.message.Handler;
import wagi.message.Headers;
import wagi.message.Request;
import wagi.message.Responder;

/** Holds every request until the test answers it. */
final class Thinking implements Handler {
  final BlockingQueue<Thought> thoughts = new LinkedBlockingQueue<>();

  record Thought(Request request, Responder responder, CountDownLatch gone) {
    void answer(String text) {
      responder.answer(200, Headers.none(), text.getBytes(UTF_8));
    }
  }

  @Override
  public void handle(Request request, Responder responder) {
    CountDownLatch gone = new CountDownLatch(1);
    responder.onClientGone(gone::countDown);
    thoughts.add(new Thought(request, responder, gone));
  }

  @Override
  public long bodyLimit(Request head) {
    return 1 << 20;
  }

  Thought next() throws InterruptedException {
    Thought next = thoughts.poll(10, TimeUnit.SECONDS);
    assertNotNull(next, "no request reached the handler");
    return next;
  }
}
