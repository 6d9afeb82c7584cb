package wagi.message;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a request came in.
 *
 * @param scheme {@code http} or {@code https}
 * @param remote the client's address
 * @param local ours
 * @param subject whom the client's certificate names, verified; null without one
 */
public record Connection(
    String scheme, InetSocketAddress remote, InetSocketAddress local, @Nullable String subject) {
  public Connection(String scheme, InetSocketAddress remote, InetSocketAddress local) {
    this(scheme, remote, local, null);
  }
}
