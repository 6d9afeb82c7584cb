package wagi.message;

import org.jspecify.annotations.Nullable;

/**
 * A limit was reached, or a request failed.
 *
 * @param module null, like the route, where none is known yet
 * @param requestId null for what concerns a connection
 * @param sentence for the log: which limit, how far it goes, and what raises it
 */
public record Incident(
    IncidentKind kind,
    @Nullable String module,
    @Nullable String route,
    @Nullable String requestId,
    String sentence) {
  /** One of a request of which no module knows. */
  public static Incident ofRequest(Limit limit, String requestId, String sentence) {
    return new Incident(limit, null, null, requestId, sentence);
  }

  /** One of a connection. */
  public static Incident ofConnection(Limit limit, String sentence) {
    return new Incident(limit, null, null, null, sentence);
  }
}
