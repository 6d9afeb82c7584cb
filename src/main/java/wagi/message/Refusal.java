package wagi.message;

import java.time.Instant;

/**
 * A request that never reached the handler.
 *
 * @param requestLine as far as it could be read
 * @param reason the sentence the client was given
 */
public record Refusal(
    String requestId,
    Connection connection,
    String requestLine,
    Headers headers,
    int status,
    String reason,
    Instant at) {}
