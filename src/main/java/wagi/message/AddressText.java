package wagi.message;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Addresses in text: IPv6 in its short form (RFC 5952), without a zone. */
public final class AddressText {
  private static final int GROUPS = 8;

  private AddressText() {}

  public static String of(InetSocketAddress socket) {
    InetAddress address = socket.getAddress();
    if (address == null) {
      return socket.getHostString();
    }
    byte[] octets = address.getAddress();
    return octets.length == 2 * GROUPS ? ipv6(octets) : address.getHostAddress();
  }

  /** Puts IPv6 in brackets. */
  public static String inUrl(InetSocketAddress socket) {
    String text = of(socket);
    return text.indexOf(':') < 0 ? text : "[" + text + "]";
  }

  private static String ipv6(byte[] octets) {
    int gap = 0;
    int gapLength = 1;
    for (int group = 0; group < GROUPS; group++) {
      int zeros = zeros(octets, group);
      if (zeros > gapLength) {
        gap = group;
        gapLength = zeros;
      }
    }
    if (gapLength == 1) {
      return groups(octets, 0, GROUPS);
    }
    return groups(octets, 0, gap) + "::" + groups(octets, gap + gapLength, GROUPS);
  }

  private static int zeros(byte[] octets, int from) {
    int group = from;
    while (group < GROUPS && group(octets, group) == 0) {
      group++;
    }
    return group - from;
  }

  private static String groups(byte[] octets, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i == from ? "" : ":").append(Integer.toHexString(group(octets, i)));
    }
    return text.toString();
  }

  private static int group(byte[] octets, int index) {
    return ((octets[2 * index] & 0xFF) << 8) | (octets[2 * index + 1] & 0xFF);
  }
}
