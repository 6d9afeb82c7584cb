package wagi.http;

import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.SameThreadExecutor;
import wagi.message.Handler;
import wagi.message.Headers;

/** Takes over from Undertow once a head is parsed. */
record Intake(Front front, Handler handler) implements HttpHandler {
  /**
   * Undertow ends an exchange that is not dispatched when this returns, and starts the dispatched
   * task, on this thread, after its last look at the exchange. So nothing of ours races with it.
   */
  @Override
  public void handleRequest(HttpServerExchange undertow) {
    var connection = (HttpServerConnection) undertow.getConnection();
    Wire wire = Wire.of(connection.getOriginalSourceConduit());
    wire.take();
    undertow.dispatch(SameThreadExecutor.INSTANCE, () -> receive(wire, undertow));
  }

  private void receive(Wire wire, HttpServerExchange undertow) {
    HeadRecorder recorder = wire.recorder();
    Headers headers = Headers.none();
    try {
      RawHead raw = RawHead.cut(recorder.bytes(), recorder.length());
      headers = raw.headers();
      Stream stream = new Http1Stream(front, wire, undertow);
      new Exchange(front, handler.forRequest(), stream, Gate.check(raw)).start();
    } catch (RefusedException e) {
      undertow.setPersistent(false);
      Connectors.terminateRequest(undertow);
      front.refuse(wire, Front.newRequestId(), headers, e);
    }
  }
}
