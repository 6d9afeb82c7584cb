package wagi.observe;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import wagi.gateway.Answered;
import wagi.message.AddressText;
import wagi.message.Headers;
import wagi.message.Refusal;
import wagi.message.Request;

/**
 * What the access log says of a request, whether it was answered by the gateway or refused before.
 *
 * @param requestLine a char per byte, as received
 * @param work what the gateway did; null for a refused request
 */
record AccessEntry(
    String requestId,
    InetSocketAddress remote,
    Instant at,
    String requestLine,
    Headers headers,
    int status,
    String outcome,
    @Nullable Work work) {

  /** What only an answered request has. */
  record Work(@Nullable String module, @Nullable String route, long bodyBytes, Duration took) {}

  static AccessEntry of(Answered answered) {
    Request request = answered.request();
    return new AccessEntry(
        request.id(),
        request.connection().remote(),
        answered.startedAt(),
        request.method() + " " + request.target().text() + " " + request.protocol(),
        request.headers(),
        answered.status(),
        answered.outcome(),
        new Work(answered.module(), answered.route(), answered.bodyBytes(), answered.took()));
  }

  static AccessEntry of(Refusal refusal) {
    return new AccessEntry(
        refusal.requestId(),
        refusal.connection().remote(),
        refusal.at(),
        refusal.requestLine(),
        refusal.headers(),
        refusal.status(),
        "refused: " + refusal.reason(),
        null);
  }

  String remoteAddress() {
    return AddressText.of(remote);
  }
}
