package wagi.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import wagi.http.ForwardedFields.Claim;
import wagi.message.Connection;
import wagi.message.Headers;

/**
 * Where a request comes from, once the proxies that are trusted have had their say. What anybody
 * else says is passed on as a header like any other, and changes nothing.
 *
 * @param headers with the Host that the client asked for
 */
record Origin(String requestId, Connection connection, Headers headers) {
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  static Origin of(Headers headers, Connection peer, Predicate<InetAddress> trusted)
      throws RefusedException {
    if (!trusted.test(peer.remote().getAddress())) {
      return new Origin(Front.newRequestId(), peer, headers);
    }
    Claim claim = claim(headers, peer, trusted);
    Headers asked = claim.host() == null ? headers : withHost(headers, checkedHost(claim.host()));
    return new Origin(requestId(headers), connection(peer, claim), asked);
  }

  private static String requestId(Headers headers) {
    List<String> given = headers.all("X-Request-Id");
    boolean good = given.size() == 1 && REQUEST_ID.matcher(given.getFirst()).matches();
    return good ? given.getFirst() : Front.newRequestId();
  }

  /**
   * A proxy that sets one kind of header passes the other on as the client sent it; so where both
   * are there, they must say the same.
   */
  private static Claim claim(Headers headers, Connection peer, Predicate<InetAddress> trusted)
      throws RefusedException {
    Claim standard = ForwardedFields.standard(headers, peer.remote(), trusted);
    Claim usual = ForwardedFields.usual(headers, peer.remote(), trusted);
    if (standard == null || usual == null) {
      return standard == null ? (usual == null ? Claim.NOTHING : usual) : standard;
    }
    agree(address(standard.client()), address(usual.client()));
    agree(standard.proto(), usual.proto());
    agree(standard.host(), usual.host());
    return new Claim(
        standard.client() == null ? usual.client() : standard.client(),
        standard.proto() == null ? usual.proto() : standard.proto(),
        standard.host() == null ? usual.host() : standard.host());
  }

  private static @Nullable String address(@Nullable InetSocketAddress client) {
    return client == null ? null : client.getAddress().getHostAddress();
  }

  private static void agree(@Nullable String one, @Nullable String other) throws RefusedException {
    if (one != null && other != null && !one.equalsIgnoreCase(other)) {
      throw new RefusedException(400, "Forwarded and X-Forwarded-* contradict each other");
    }
  }

  private static String checkedHost(String host) throws RefusedException {
    if (!Gate.isHost(host)) {
      throw new RefusedException(400, "the forwarded host is not a host and an optional port");
    }
    return host;
  }

  private static Headers withHost(Headers headers, String host) {
    Headers.Builder changed = Headers.builder();
    changed.add("Host", host);
    for (int i = 0; i < headers.size(); i++) {
      if (!headers.name(i).equalsIgnoreCase("Host")) {
        changed.add(headers.name(i), headers.value(i));
      }
    }
    return changed.build();
  }

  private static Connection connection(Connection peer, Claim claim) {
    String proto = claim.proto() == null ? "" : claim.proto().toLowerCase(Locale.ROOT);
    InetSocketAddress client = claim.client() == null ? peer.remote() : claim.client();
    if (!proto.equals("http") && !proto.equals("https")) {
      return new Connection(peer.scheme(), client, peer.local(), peer.subject());
    }
    // The port the client reached is the proxy's, which says it in the host if it is another.
    int port = proto.equals("https") ? HTTPS : HTTP;
    InetSocketAddress local = new InetSocketAddress(peer.local().getAddress(), port);
    return new Connection(proto, client, local, peer.subject());
  }
}
