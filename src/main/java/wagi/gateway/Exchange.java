package wagi.gateway;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import wagi.message.ErrorAnswer;
import wagi.message.Headers;
import wagi.message.Request;
import wagi.message.Responder;

/** A request, the way to answer it, and the listener that hears how it went. */
final class Exchange {
  private final Request request;
  private final Responder responder;
  private final RequestListener listener;
  private final Instant startedAt = Instant.now();
  private final long startedNanos = System.nanoTime();
  private @Nullable String module;
  private @Nullable String route;

  Exchange(Request request, Responder responder, RequestListener listener) {
    this.request = request;
    this.responder = responder;
    this.listener = listener;
    listener.started(request);
  }

  Request request() {
    return request;
  }

  Responder responder() {
    return responder;
  }

  void routedTo(String newModule, String newRoute) {
    module = newModule;
    route = newRoute;
  }

  /** Answers whole, then reports. */
  void answer(int status, Headers headers, byte[] body, String outcome) {
    responder.answer(status, headers, body);
    finished(status, request.method().equals("HEAD") ? 0 : body.length, outcome);
  }

  void refuse(ErrorAnswer answer, String outcome) {
    answer(answer.status(), answer.headers(request.id()), answer.body(request.id()), outcome);
  }

  void finished(int status, long bodyBytes, String outcome) {
    Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
    listener.finished(
        new Answered(request, module, route, status, bodyBytes, startedAt, took, outcome));
  }
}
