package wagi.config;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where to listen.
 *
 * @param host an address without brackets, or a name; "0.0.0.0" when none was written
 * @param port 0 lets the system choose
 */
public record ListenAddress(String host, int port) {
  public static final ListenAddress STANDARD = new ListenAddress("127.0.0.1", 3000);

  static final String EXPECTED =
      "expected an address such as \"127.0.0.1:3000\", \"[::1]:3000\", \":3000\" or \"3000\"";

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_-]*)(\\.[A-Za-z0-9_-]+)*\\.?");

  /** Reads {@code 0.0.0.0:3001}, {@code :3001}, {@code 3001}, {@code [::1]:3000}; null if bad. */
  public static @Nullable ListenAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    int port = port(text.substring(colon + 1));
    if (port < 0) {
      return null;
    }
    if (host.isEmpty()) {
      return new ListenAddress("0.0.0.0", port);
    }
    if (host.startsWith("[") && host.endsWith("]")) {
      String inside = host.substring(1, host.length() - 1);
      return literal(inside) instanceof Inet6Address ? new ListenAddress(inside, port) : null;
    }
    return isHost(host) ? new ListenAddress(host.toLowerCase(Locale.ROOT), port) : null;
  }

  /** Whether a text without port and brackets may be a host. */
  static boolean isHost(String host) {
    if (host.length() > 253 || !NAME.matcher(host).matches()) {
      return false;
    }
    boolean numbers = host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    return !numbers || (literal(host) instanceof Inet4Address && host.split("\\.", -1).length == 4);
  }

  /** An address written in digits; names are never looked up. */
  static @Nullable InetAddress literal(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  public boolean isWildcard() {
    InetAddress address = literal(host);
    return address != null && address.isAnyLocalAddress();
  }

  /** Whether a socket for one of the two would also serve the other. */
  boolean overlaps(ListenAddress other) {
    if (port != other.port || port == 0) {
      return false;
    }
    return host.equals(other.host) || isWildcard() || other.isWildcard();
  }

  /** Whether this machine can listen there, as far as can be told without asking a name server. */
  boolean isLocal() {
    if (host.equals("localhost")) {
      return true;
    }
    InetAddress address = literal(host);
    if (address == null) {
      return false;
    }
    if (address.isAnyLocalAddress() || address.isLoopbackAddress()) {
      return true;
    }
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false;
    }
  }

  private static int port(String text) {
    if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    int port = Integer.parseInt(text);
    return port <= 65_535 ? port : -1;
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
