package wagi.message;

import org.jspecify.annotations.Nullable;

/**
 * The request target as received: nothing decoded, nothing normalised.
 *
 * @param path starts with {@code /}, or is {@code *}
 * @param query without the {@code ?}; null when there is none, empty when there is only the mark
 */
public record Target(String path, @Nullable String query) {
  /** Returns path and query as they stood in the request line. */
  public String text() {
    return query == null ? path : path + "?" + query;
  }
}
