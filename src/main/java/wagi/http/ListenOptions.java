package wagi.http;

import org.jspecify.annotations.Nullable;
import wagi.http.tls.Tls;

/**
 * How one listener speaks.
 *
 * @param tls null for plain HTTP
 * @param proxyProtocol whether connections of trusted proxies begin with a PROXY header
 */
public record ListenOptions(@Nullable Tls tls, boolean proxyProtocol) {
  public static final ListenOptions PLAIN = new ListenOptions(null);

  public ListenOptions(@Nullable Tls tls) {
    this(tls, false);
  }
}
