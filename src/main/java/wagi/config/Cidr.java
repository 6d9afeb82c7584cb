package wagi.config;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses.
 *
 * @param prefixBits how many leading bits count
 */
public record Cidr(InetAddress network, int prefixBits) {
  /** Reads {@code 10.0.0.0/8}, {@code ::1/128} or a single address; null if bad. */
  public static @Nullable Cidr parse(String text) {
    int slash = text.indexOf('/');
    InetAddress network = ListenAddress.literal(slash < 0 ? text : text.substring(0, slash));
    if (network == null) {
      return null;
    }
    int most = network.getAddress().length * 8;
    if (slash < 0) {
      return new Cidr(network, most);
    }
    String prefix = text.substring(slash + 1);
    if (!prefix.matches("[0-9]{1,3}") || Integer.parseInt(prefix) > most) {
      return null;
    }
    return new Cidr(network, Integer.parseInt(prefix));
  }

  public boolean contains(InetAddress address) {
    byte[] ours = network.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefixBits; bit++) {
      int mask = 0x80 >> (bit & 7);
      if (((ours[bit >> 3] ^ theirs[bit >> 3]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return network.getHostAddress() + "/" + prefixBits;
  }
}
