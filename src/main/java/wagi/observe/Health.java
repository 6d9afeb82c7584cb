package wagi.observe;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.function.Predicate;
import wagi.message.Handler;
import wagi.message.Headers;
import wagi.message.Request;
import wagi.message.Responder;

/**
 * Answers {@code /healthz} at once, before anything that may wait for a guest; every other request
 * goes on to the handler behind it.
 */
public final class Health implements Handler {
  private static final long BODY_LIMIT = 64 * 1024;
  private static final Headers HEADERS = Headers.of("Content-Type", "text/plain");
  private static final byte[] OK = "OK".getBytes(US_ASCII);

  private final String path;
  private final Predicate<Request> modules;
  private final Handler next;

  /**
   * @param path matched as received; empty turns the answer off
   * @param modules whether a module's exact route has this request; asked for this path only
   */
  public Health(String path, Predicate<Request> modules, Handler next) {
    this.path = path;
    this.modules = modules;
    this.next = next;
  }

  @Override
  public void handle(Request request, Responder responder) {
    if (isOurs(request)) {
      responder.answer(200, HEADERS, OK);
    } else {
      next.handle(request, responder);
    }
  }

  @Override
  public long bodyLimit(Request head) {
    return isOurs(head) ? BODY_LIMIT : next.bodyLimit(head);
  }

  @Override
  public void bodyRefused(Request head) {
    if (!isOurs(head)) {
      next.bodyRefused(head);
    }
  }

  private boolean isOurs(Request request) {
    return !path.isEmpty() && path.equals(request.target().path()) && !modules.test(request);
  }
}
