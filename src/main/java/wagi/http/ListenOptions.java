package wagi.http;

import org.jspecify.annotations.Nullable;
import wagi.http.tls.Tls;

/**
 * How one listener speaks.
 *
 * @param tls null for plain HTTP
 * @param proxyProtocol whether connections of trusted proxies begin with a PROXY header
 * @param http2 whether it speaks HTTP/2 beside HTTP/1, to clients that begin with it or agree to it
 *     under TLS
 */
public record ListenOptions(@Nullable Tls tls, boolean proxyProtocol, boolean http2) {
  public static final ListenOptions PLAIN = new ListenOptions(null);

  public ListenOptions(@Nullable Tls tls) {
    this(tls, false, true);
  }
}
