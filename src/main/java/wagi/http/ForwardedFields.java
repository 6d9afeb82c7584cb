package wagi.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import wagi.message.Headers;

/**
 * What proxies say of the client: {@code Forwarded} (RFC 7239), and {@code X-Forwarded-For}, {@code
 * -Proto} and {@code -Host}. Each proxy adds to the right, so reading goes from the right for as
 * long as the one who wrote is trusted: the first address that is not is the client's.
 */
final class ForwardedFields {
  private static final Pattern NODE =
      Pattern.compile(
          "(?:(?<four>[0-9]{1,3}(?:\\.[0-9]{1,3}){3})|\\[(?<six>[0-9A-Fa-f:.]{2,45})])"
              + "(?::(?<port>[0-9]{1,5}))?");
  private static final Pattern BARE_SIX = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final int FORWARDED_MAX = 2048;
  private static final String BLANK = "[ \\t]*";

  /** A pair of an element, and what ends it. */
  private static final Pattern PAIR =
      Pattern.compile(
          BLANK
              + "(?:(?<name>[!#$%&'*+.^_`|~0-9A-Za-z-]+)=(?:(?<token>[!#$%&'*+.^_`|~0-9A-Za-z-]+)"
              + "|\"(?<quoted>[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"))?"
              + BLANK
              + "(?<end>[;,]|$)");

  private ForwardedFields() {}

  /** What is said, as far as it is said. */
  record Claim(@Nullable InetSocketAddress client, @Nullable String proto, @Nullable String host) {
    static final Claim NOTHING = new Claim(null, null, null);
  }

  private record Walk(InetSocketAddress client, int hop) {}

  /** Reads {@code Forwarded}; null when there is none. */
  static @Nullable Claim standard(
      Headers headers, InetSocketAddress peer, Predicate<InetAddress> trusted)
      throws RefusedException {
    if (!headers.contains("Forwarded")) {
      return null;
    }
    List<Hop> hops = hops(String.join(",", headers.all("Forwarded")));
    Walk walk = walk(hops.stream().map(Hop::client).toList(), peer, trusted);
    Hop hop = hops.get(walk.hop());
    return new Claim(walk.client(), hop.proto(), hop.host());
  }

  /** Reads {@code X-Forwarded-*}; null when there are none. */
  static @Nullable Claim usual(
      Headers headers, InetSocketAddress peer, Predicate<InetAddress> trusted) {
    List<String> clients = list(headers, "X-Forwarded-For");
    List<String> protos = list(headers, "X-Forwarded-Proto");
    List<String> hosts = list(headers, "X-Forwarded-Host");
    if (clients.isEmpty() && protos.isEmpty() && hosts.isEmpty()) {
      return null;
    }
    if (clients.isEmpty()) {
      return new Claim(null, last(protos), last(hosts));
    }
    Walk walk = walk(clients, peer, trusted);
    boolean aligned = protos.size() == clients.size();
    return new Claim(walk.client(), aligned ? protos.get(walk.hop()) : last(protos), last(hosts));
  }

  private static @Nullable String last(List<String> values) {
    return values.isEmpty() || values.getLast().isEmpty() ? null : values.getLast();
  }

  private static List<String> list(Headers headers, String name) {
    List<String> values = new ArrayList<>();
    for (String field : headers.all(name)) {
      for (String value : field.split(",", -1)) {
        values.add(value.strip());
      }
    }
    return values;
  }

  private static Walk walk(
      List<? extends @Nullable String> nodes,
      InetSocketAddress peer,
      Predicate<InetAddress> trusted) {
    InetSocketAddress client = peer;
    int hop = nodes.size() - 1;
    for (int i = nodes.size() - 1; i >= 0 && trusted.test(client.getAddress()); i--) {
      hop = i;
      InetSocketAddress next = node(nodes.get(i));
      if (next == null) {
        // Unknown, or hidden: the last one who is known stands for it.
        break;
      }
      client = next;
    }
    return new Walk(client, hop);
  }

  /** Reads an address with or without port; null for anything else. Names are not looked up. */
  private static @Nullable InetSocketAddress node(@Nullable String text) {
    if (text == null) {
      return null;
    }
    Matcher matcher = NODE.matcher(BARE_SIX.matcher(text).matches() ? "[" + text + "]" : text);
    if (!matcher.matches()) {
      return null;
    }
    String digits = matcher.group("port");
    int port = digits == null ? 0 : Integer.parseInt(digits);
    String six = matcher.group("six");
    try {
      InetAddress address = InetAddress.ofLiteral(six == null ? matcher.group("four") : six);
      return port > 0xffff ? null : new InetSocketAddress(address, port);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private record Hop(@Nullable String client, @Nullable String proto, @Nullable String host) {
    Hop with(String name, String value) throws RefusedException {
      return switch (name) {
        case "for" -> new Hop(once(client, value), proto, host);
        case "proto" -> new Hop(client, once(proto, value), host);
        case "host" -> new Hop(client, proto, once(host, value));
        default -> this;
      };
    }

    private static String once(@Nullable String before, String value) throws RefusedException {
      if (before != null) {
        throw malformed();
      }
      return value;
    }
  }

  private static List<Hop> hops(String text) throws RefusedException {
    if (text.length() > FORWARDED_MAX) {
      throw malformed();
    }
    List<Hop> hops = new ArrayList<>();
    Hop hop = new Hop(null, null, null);
    Matcher pair = PAIR.matcher(text);
    int from = 0;
    while (true) {
      if (!pair.find(from) || pair.start() != from) {
        throw malformed();
      }
      String name = pair.group("name");
      if (name != null) {
        hop = hop.with(name.toLowerCase(Locale.ROOT), value(pair));
      }
      if (!pair.group("end").equals(";")) {
        hops.add(hop);
        hop = new Hop(null, null, null);
      }
      if (pair.group("end").isEmpty()) {
        return hops;
      }
      from = pair.end();
    }
  }

  private static String value(Matcher pair) {
    String quoted = pair.group("quoted");
    return quoted == null ? pair.group("token") : quoted.replaceAll("\\\\(.)", "$1");
  }

  private static RefusedException malformed() {
    return new RefusedException(400, "the Forwarded header is malformed");
  }
}
