package wagi.message;

import java.net.InetSocketAddress;

/** Where a request came in: {@code http} or {@code https}, the client's address and ours. */
public record Connection(String scheme, InetSocketAddress remote, InetSocketAddress local) {}
