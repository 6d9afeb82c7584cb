package wagi.cli;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.CountDownLatch;
import wagi.message.Headers;
import wagi.message.Pause;
import wagi.message.Responder;

/** Keeps an answer instead of sending it. */
final class Answer implements Responder {
  private final CountDownLatch ended = new CountDownLatch(1);
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private volatile int status;
  private volatile Headers headers = Headers.none();
  private volatile boolean aborted;

  @Override
  public void answer(int newStatus, Headers newHeaders, byte[] bytes) {
    begin(newStatus, newHeaders);
    write(bytes, 0, bytes.length, Pause.IGNORED);
    end();
  }

  @Override
  public void begin(int newStatus, Headers newHeaders) {
    status = newStatus;
    headers = newHeaders;
  }

  @Override
  public void write(byte[] bytes, int offset, int length, Pause pause) {
    body.write(bytes, offset, length);
  }

  @Override
  public void end() {
    ended.countDown();
  }

  @Override
  public void abort() {
    aborted = true;
    ended.countDown();
  }

  @Override
  public void onClientGone(Runnable action) {
    // this client waits for the end
  }

  void await() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int status() {
    return status;
  }

  Headers headers() {
    return headers;
  }

  byte[] body() {
    return body.toByteArray();
  }

  boolean aborted() {
    return aborted;
  }
}
