package wagi.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.nio.ByteBuffer;

/**
 * The floor: Undertow as it comes, with no guest and no work. Each request is dispatched to XNIO's
 * worker, where a guest would have to run, and answered with the bytes of the hello guests.
 *
 * <p>One option differs from the defaults, so that the bytes on the wire are the same: Undertow
 * would add {@code Connection: keep-alive}.
 */
public final class StaticFloor {
  private static final byte[] BODY = "hello world\n".getBytes(US_ASCII);

  private StaticFloor() {}

  public static void main(String[] arguments) {
    int port = Integer.parseInt(arguments[0]);
    Undertow.builder()
        .setServerOption(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
        .addHttpListener(port, "127.0.0.1", exchange -> exchange.dispatch(StaticFloor::answer))
        .build()
        .start();
    System.out.println("ready on http://127.0.0.1:" + port);
  }

  private static void answer(HttpServerExchange exchange) {
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
    exchange.getResponseSender().send(ByteBuffer.wrap(BODY));
  }
}
