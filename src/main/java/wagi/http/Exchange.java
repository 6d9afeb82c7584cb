package wagi.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.undertow.server.Connectors;
import io.undertow.server.ExchangeCompletionListener.NextListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
  private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII);
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Front front;
  private final Handler handler;
  private final Wire wire;
  private final HttpServerExchange undertow;
  private final Head head;
  private final Origin origin;
  private final Answer answer;

  private @Nullable BodyReader reader;
  private volatile @Nullable SpooledBody spooled;
  private volatile boolean close;

  Exchange(Front front, Handler handler, Wire wire, HttpServerExchange undertow, Head head)
      throws RefusedException {
    this.origin = Origin.of(head.headers(), wire.addresses(), front.settings().trustedProxies());
    this.front = front;
    this.handler = handler;
    this.wire = wire;
    this.undertow = undertow;
    this.head = head;
    this.close =
        head.http10()
            || head.chunked()
            || !undertow.isPersistent()
            || ResponseHead.wantsClose(head.headers());
    this.answer = new Answer(this);
  }

  void start() {
    front.inFlight().enter();
    undertow.addExchangeCompleteListener((ended, next) -> completed(next));
    if (head.contentLength() == 0) {
      whole(Body.EMPTY);
      return;
    }
    long limit = handler.bodyLimit(request(Body.EMPTY));
    if (head.contentLength() > limit) {
      refused(new RefusedException(413, "the request body is larger than " + limit + " bytes"));
      return;
    }
    reader = new BodyReader(wire, head, ahead(), front.room(limit), this);
    if (head.expectsContinue() && !reader.started() && !sendContinue()) {
      aborted();
      return;
    }
    reader.start(front.settings().bodyTimeout());
  }

  private boolean sendContinue() {
    try {
      return wire.write(new ByteBuffer[] {ByteBuffer.wrap(CONTINUE)}) == CONTINUE.length;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns what Undertow has read beyond the head; taking from it takes it from Undertow. */
  private ByteBuffer ahead() {
    var extra = ((HttpServerConnection) undertow.getConnection()).getExtraBytes();
    return extra == null ? NOTHING : extra.getBuffer();
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
    Connectors.terminateRequest(undertow);
    wire.enterWatch(ahead(), answer::clientGone);
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
    undertow.setPersistent(false);
    Connectors.terminateRequest(undertow);
    front.refuse(wire, id(), head.headers(), refusal.answer());
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

  Wire wire() {
    return wire;
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
    if (close) {
      undertow.setPersistent(false);
    }
    // A request that is already there is parsed on the I/O thread, not on a worker.
    undertow.setDispatchExecutor(wire.ioThread());
    Connectors.terminateResponse(undertow);
  }

  /** Breaks the connection off. */
  void close(boolean asError) {
    undertow.setPersistent(false);
    Connectors.terminateRequest(undertow);
    if (asError) {
      wire.reset();
    } else {
      wire.close();
    }
  }

  private void completed(NextListener next) {
    BodyReader unfinished = reader;
    if (unfinished != null) {
      unfinished.cancel();
    }
    closeSpooled();
    wire.release();
    front.inFlight().leave();
    next.proceed();
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
