package wagi.gateway;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import wagi.message.Request;

/**
 * One request, answered.
 *
 * @param module null, like the route, when no route matched
 * @param bodyBytes of the answer's body, as far as they were sent
 * @param outcome in words: {@code exited 0}, {@code trapped: unreachable}, {@code no route}
 */
public record Answered(
    Request request,
    @Nullable String module,
    @Nullable String route,
    int status,
    long bodyBytes,
    Instant startedAt,
    Duration took,
    String outcome) {}
