package wagi.message;

import org.jspecify.annotations.Nullable;

/**
 * A request that passed the gate of {@code http}, whole.
 *
 * @param id names the request in every log line and error answer
 * @param protocol as in {@code SERVER_PROTOCOL}: {@code HTTP/1.1}
 */
public record Request(
    String id,
    String method,
    Target target,
    String protocol,
    Headers headers,
    Body body,
    Connection connection) {
  /** Returns the Host header as received, or null on HTTP/1.0 without one. */
  public @Nullable String host() {
    return headers.first("Host");
  }
}
