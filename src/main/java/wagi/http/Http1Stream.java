package wagi.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.XnioIoThread;
import wagi.message.Connection;
import wagi.message.Headers;

/** An exchange that has its connection to itself, until the next one. */
record Http1Stream(Front front, Wire wire, HttpServerExchange undertow) implements Stream {
  private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII);
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  @Override
  public Connection addresses() {
    return wire.addresses();
  }

  @Override
  public XnioIoThread ioThread() {
    return wire.ioThread();
  }

  @Override
  public boolean persistent() {
    return undertow.isPersistent();
  }

  @Override
  public void onCompleted(Runnable action) {
    undertow.addExchangeCompleteListener(
        (ended, next) -> {
          action.run();
          wire.release();
          next.proceed();
        });
  }

  @Override
  public BodySource body() {
    return wire;
  }

  /** What Undertow has read beyond the head. */
  @Override
  public ByteBuffer ahead() {
    var extra = ((HttpServerConnection) undertow.getConnection()).getExtraBytes();
    return extra == null ? NOTHING : extra.getBuffer();
  }

  @Override
  public boolean sendContinue() {
    try {
      return wire.write(ByteBuffer.wrap(CONTINUE)) >= CONTINUE.length;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void watch(Runnable onGone) {
    Connectors.terminateRequest(undertow);
    wire.enterWatch(ahead(), onGone);
  }

  @Override
  public Outgoing outgoing(Exchange exchange) {
    return new Http1Outgoing(wire, exchange);
  }

  @Override
  public void refuse(String requestId, Headers headers, RefusedException refusal) {
    undertow.setPersistent(false);
    Connectors.terminateRequest(undertow);
    front.refuse(wire, requestId, headers, refusal);
  }

  @Override
  public void complete(boolean close) {
    if (close) {
      undertow.setPersistent(false);
    }
    // A request that is already there is parsed on the I/O thread, not on a worker.
    undertow.setDispatchExecutor(wire.ioThread());
    Connectors.terminateResponse(undertow);
  }

  @Override
  public void close(boolean asError) {
    undertow.setPersistent(false);
    Connectors.terminateRequest(undertow);
    if (asError) {
      wire.reset();
    } else {
      wire.close();
    }
  }
}
