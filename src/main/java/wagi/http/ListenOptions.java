package wagi.http;

import org.jspecify.annotations.Nullable;
import wagi.http.tls.Tls;

/**
 * How one listener speaks.
 *
 * @param tls null for plain HTTP
 */
public record ListenOptions(@Nullable Tls tls) {
  public static final ListenOptions PLAIN = new ListenOptions(null);
}
