package wagi.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.XnioIoThread;
import wagi.message.Body;
import wagi.message.ErrorAnswer;
import wagi.message.Handler;
import wagi.message.Request;

/**
 * One request and its answer. Everything up to the handler's call runs on the I/O thread, after
 * Undertow's own call for this request has returned; from then on only the {@link Answer} works on
 * the exchange, under its lock.
 */
final class Exchange implements BodyReader.Outcome {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private final Front front;
  private final Handler handler;
  private final Stream stream;
  private final Head head;
  private final Origin origin;
  private final Answer answer;
  private final BodyMemory.Share memory;

  private @Nullable BodyReader reader;
  private volatile @Nullable SpooledBody spooled;
  private volatile boolean close;

  Exchange(Front front, Handler handler, Stream stream, Head head) throws RefusedException {
    this.origin = Origin.of(head.headers(), stream.addresses(), front.settings().trustedProxies());
    this.front = front;
    this.handler = handler;
    this.stream = stream;
    this.head = head;
    this.close =
        head.http10()
            || head.chunked()
            || !stream.persistent()
            || ResponseHead.wantsClose(head.headers());
    this.answer = new Answer(this);
    this.memory = front.bodies().new Share();
  }

  void start() {
    front.inFlight().enter();
    stream.onCompleted(this::completed);
    if (head.contentLength() == 0) {
      whole(Body.EMPTY);
      return;
    }
    long limit = handler.bodyLimit(request(Body.EMPTY));
    if (head.contentLength() > limit) {
      refused(BodyStore.tooLarge(limit));
      return;
    }
    if (!memory.begin(BodyReader.firstBytes(head))) {
      refused(BodyStore.noMemory());
      return;
    }
    BodyReader.Room room = front.room(limit, memory);
    reader = new BodyReader(stream.body(), head, stream.ahead(), room, this);
    if (head.expectsContinue() && !reader.started() && !stream.sendContinue()) {
      aborted();
      return;
    }
    reader.start(front.settings().bodyTimeout());
  }

  private Request request(Body body) {
    return new Request(
        id(),
        head.method(),
        head.target(),
        head.protocol(),
        origin.headers(),
        body,
        origin.connection());
  }

  @Override
  public void whole(Body body) {
    reader = null;
    spooled = body instanceof SpooledBody file ? file : null;
    stream.watch(answer::clientGone);
    boolean handled = false;
    try {
      handler.handle(request(body), answer);
      handled = true;
    } finally {
      if (!handled) {
        new ErrorAnswer(500, "the request could not be handled").sendTo(answer, id());
      }
    }
  }

  @Override
  public void refused(RefusedException refusal) {
    reader = null;
    if (refusal.answer().status() == 413) {
      handler.bodyRefused(request(Body.EMPTY));
    }
    stream.refuse(id(), head.headers(), refusal);
  }

  @Override
  public void aborted() {
    reader = null;
    LOG.debug("request {}: the client went away before the end of its body", id());
    close(false);
  }

  String id() {
    return origin.requestId();
  }

  Outgoing outgoing() {
    return stream.outgoing(this);
  }

  XnioIoThread ioThread() {
    return stream.ioThread();
  }

  boolean http10() {
    return head.http10();
  }

  /** Whether the request is a HEAD, whose answer has no body. */
  boolean head() {
    return head.method().equals("HEAD");
  }

  long writeTimeoutNanos() {
    return front.settings().writeTimeout().toNanos();
  }

  /** The client does not take its answer. */
  void tooSlow() {
    front.answerTooSlow(id());
  }

  void closeAfter() {
    close = true;
  }

  /** Whether the connection closes after this answer, as its head says. */
  boolean closes() {
    if (front.draining()) {
      close = true;
    }
    return close;
  }

  /** The answer is sent. */
  void complete() {
    stream.complete(close);
  }

  /** Breaks the exchange off. */
  void close(boolean asError) {
    stream.close(asError);
  }

  private void completed() {
    BodyReader unfinished = reader;
    if (unfinished != null) {
      unfinished.cancel();
    }
    closeSpooled();
    memory.close();
    front.inFlight().leave();
  }

  private void closeSpooled() {
    SpooledBody body = spooled;
    if (body == null) {
      return;
    }
    try {
      body.close();
    } catch (IOException e) {
      LOG.warn("request {}: cannot close its body on disk: {}", id(), e.toString());
    }
  }
}
