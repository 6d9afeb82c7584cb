package wagi.http;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wagi.message.ErrorAnswer;
import wagi.message.Headers;
import wagi.message.Pause;
import wagi.message.Responder;

/**
 * The answer to one request, written on the wire.
 *
 * <pre>
 *   NEW ── answer ──▶ SENDING ── all sent ──▶ DONE
 *   NEW ── begin ──▶ STREAMING ── end ──▶ SENDING
 *   NEW, STREAMING, SENDING ── client gone, timeout, interrupt, abort ──▶ BROKEN
 * </pre>
 *
 * <p>All fields are guarded by the lock. It is held while bytes are handed to the socket, never
 * while waiting for it, so the I/O thread may take it.
 */
final class Answer implements Responder {
  private static final Logger LOG = LoggerFactory.getLogger(Answer.class);

  private enum State {
    NEW,
    STREAMING,
    SENDING,
    DONE,
    BROKEN
  }

  private final Exchange exchange;
  private final Outgoing outgoing;
  private final ReentrantLock lock = new ReentrantLock();

  private State state = State.NEW;
  private final Gone gone = new Gone();
  private final Progress progress;
  private final Holdback holdback;

  Answer(Exchange exchange) {
    this.exchange = exchange;
    this.outgoing = exchange.outgoing();
    this.progress =
        new Progress(exchange.ioThread(), exchange.writeTimeoutNanos(), this::checkTime);
    this.holdback = new Holdback(lock, exchange, outgoing);
  }

  @Override
  public void answer(int status, Headers headers, byte[] body) {
    if (!sendable(status, headers)) {
      return;
    }
    boolean finished;
    lock.lock();
    try {
      if (state != State.NEW) {
        return;
      }
      state = State.SENDING;
      outgoing.head(status, headers, exchange.head() ? promisedOr(headers, body) : body.length);
      outgoing.add(body, 0, body.length);
      finished = pump();
    } finally {
      lock.unlock();
    }
    settle(finished);
  }

  private static long promisedOr(Headers headers, byte[] body) {
    long promised = ResponseHead.promisedLength(headers);
    return promised >= 0 ? promised : body.length;
  }

  /** Answers 500 to headers that would break the message. */
  private boolean sendable(int status, Headers headers) {
    String problem = ResponseHead.problem(status, headers);
    if (problem == null) {
      return true;
    }
    LOG.warn("request {}: {}", exchange.id(), problem);
    new ErrorAnswer(500, "the answer could not be sent").sendTo(this, exchange.id());
    return false;
  }

  @Override
  public void begin(int status, Headers headers) {
    if (!sendable(status, headers)) {
      return;
    }
    lock.lock();
    try {
      if (state != State.NEW) {
        return;
      }
      state = State.STREAMING;
      outgoing.head(status, headers, ResponseHead.promisedLength(headers));
      // What the socket does not take now goes with the first write.
      outgoing.send();
    } catch (IOException e) {
      breakOff();
    } finally {
      lock.unlock();
    }
    settle(false);
  }

  @Override
  public void write(byte[] bytes, int offset, int length, Pause pause) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    boolean sent =
        transfer(
            () -> {
              if (!outgoing.add(bytes, offset, length)) {
                exchange.closeAfter();
              }
              return outgoing.sent() || (outgoing.send() && outgoing.sent());
            });
    if (!sent) {
      pause.begin();
      try {
        boolean unused =
            transfer(
                () -> {
                  holdback.sendAll();
                  return true;
                });
      } finally {
        pause.end();
      }
    }
  }

  /** A step of a write, which says whether all is sent. */
  private interface Transfer {
    boolean run() throws IOException;
  }

  private boolean transfer(Transfer step) throws IOException {
    lock.lock();
    try {
      if (state != State.STREAMING) {
        throw new IOException("the answer is broken off, or not begun");
      }
      return step.run();
    } catch (IOException e) {
      if (state == State.STREAMING) {
        breakOff();
      }
      throw e;
    } finally {
      lock.unlock();
      settle(false);
    }
  }

  @Override
  public void end() {
    boolean finished = false;
    lock.lock();
    try {
      if (state != State.STREAMING) {
        return;
      }
      if (outgoing.addEnd()) {
        state = State.SENDING;
        finished = pump();
      } else {
        breakOff();
        gone.is(false);
      }
    } finally {
      lock.unlock();
    }
    settle(finished);
  }

  /** Sends what the socket takes and leaves the rest to the I/O thread; true when all is sent. */
  private boolean pump() {
    try {
      while (!outgoing.sent()) {
        if (!outgoing.send()) {
          pumpLater();
          return false;
        }
        progress.made();
      }
    } catch (IOException e) {
      breakOff();
      return false;
    }
    state = State.DONE;
    progress.stop();
    return true;
  }

  private void pumpLater() {
    progress.watch();
    outgoing.onceWritable(this::pumpAgain);
  }

  private void pumpAgain() {
    boolean finished;
    lock.lock();
    try {
      finished = state == State.SENDING && pump();
    } finally {
      lock.unlock();
    }
    settle(finished);
  }

  private void checkTime() {
    lock.lock();
    try {
      if (state == State.SENDING && progress.isOver()) {
        exchange.tooSlow();
        breakOff();
      }
    } finally {
      lock.unlock();
    }
    settle(false);
  }

  @Override
  public void abort() {
    lock.lock();
    try {
      if (state != State.DONE && state != State.BROKEN) {
        breakOff();
        gone.is(false);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onClientGone(Runnable action) {
    lock.lock();
    try {
      gone.add(action);
    } finally {
      lock.unlock();
    }
    settle(false);
  }

  /** The client ended the connection. A whole answer that is on its way is still sent. */
  void clientGone() {
    lock.lock();
    try {
      if (state == State.NEW || state == State.STREAMING) {
        breakOff();
      }
    } finally {
      lock.unlock();
    }
    settle(false);
  }

  private void breakOff() {
    boolean asError = outgoing.endsWithConnection();
    state = State.BROKEN;
    gone.is(true);
    outgoing.drop();
    progress.stop();
    holdback.breakOff();
    exchange.close(asError);
  }

  /** With the lock released: completes the exchange, or tells that the client is gone. */
  private void settle(boolean finished) {
    if (finished) {
      exchange.complete();
      return;
    }
    Runnable action;
    lock.lock();
    try {
      action = gone.take();
    } finally {
      lock.unlock();
    }
    if (action != null) {
      action.run();
    }
  }
}
