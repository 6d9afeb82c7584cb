package wagi.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header with which a load balancer begins a connection (PROXY protocol, versions 1 and 2).
 * Says how many bytes it still wants, so that none of what follows is read with it.
 *
 * <pre>
 * "PROXY" SP ("TCP4" | "TCP6") SP source SP destination SP port SP port CR LF
 * "PROXY" SP "UNKNOWN" ... CR LF                            at most 107 bytes
 *
 * signature (12) | version, command (1) | family (1) | length (2) | addresses, more
 * </pre>
 */
final class ProxyHeader {
  private static final byte[] SIGNATURE = {
    0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a
  };
  private static final byte[] TEXT = "PROXY ".getBytes(US_ASCII);
  private static final int FIXED_BYTES = 16;
  private static final int TEXT_BYTES_MAX = 107;

  /** Addresses and extensions of version 2. */
  private static final int REST_BYTES_MAX = 1024;

  private static final Pattern LINE =
      Pattern.compile(
          "PROXY TCP([46]) ([0-9A-Fa-f:.]+) ([0-9A-Fa-f:.]+) ([0-9]{1,5}) ([0-9]{1,5})");
  private static final Pattern FOUR = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  private byte[] bytes = new byte[TEXT_BYTES_MAX];
  private int length;

  /** The client's address and the one it reached. */
  record Addresses(InetSocketAddress remote, InetSocketAddress local) {}

  /**
   * Returns how many bytes to read next, at most; 0 when the header is whole.
   *
   * @throws IOException when this is no such header
   */
  int wanted() throws IOException {
    boolean binary = matches(SIGNATURE);
    if (!binary && !matches(TEXT)) {
      throw new IOException("expected the header of the PROXY protocol");
    }
    if (length < SIGNATURE.length) {
      return SIGNATURE.length - length;
    }
    return binary ? wantedBinary() : wantedText();
  }

  private boolean matches(byte[] start) {
    int count = Math.min(length, start.length);
    return Arrays.equals(bytes, 0, count, start, 0, count);
  }

  private int wantedBinary() throws IOException {
    if (length < FIXED_BYTES) {
      return FIXED_BYTES - length;
    }
    int rest = (bytes[14] & 0xff) << 8 | (bytes[15] & 0xff);
    if (rest > REST_BYTES_MAX) {
      throw new IOException("a PROXY header of " + rest + " bytes");
    }
    bytes = Arrays.copyOf(bytes, Math.max(bytes.length, FIXED_BYTES + rest));
    return FIXED_BYTES + rest - length;
  }

  private int wantedText() throws IOException {
    if (bytes[length - 1] == '\n' && bytes[length - 2] == '\r') {
      return 0;
    }
    if (length == TEXT_BYTES_MAX) {
      throw new IOException("a PROXY line of more than " + TEXT_BYTES_MAX + " bytes");
    }
    return 1;
  }

  void add(ByteBuffer read) {
    int count = read.remaining();
    read.get(bytes, length, count);
    length += count;
  }

  /** Returns what a whole header says; null when it leaves the connection's own addresses. */
  @Nullable Addresses addresses() throws IOException {
    return matches(SIGNATURE) ? binary() : text();
  }

  private @Nullable Addresses text() throws IOException {
    String line = new String(bytes, 0, length - 2, US_ASCII);
    if (line.equals("PROXY UNKNOWN") || line.startsWith("PROXY UNKNOWN ")) {
      return null;
    }
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw malformed();
    }
    boolean four = matcher.group(1).equals("4");
    return new Addresses(
        socket(four, matcher.group(2), matcher.group(4)),
        socket(four, matcher.group(3), matcher.group(5)));
  }

  private static InetSocketAddress socket(boolean four, String address, String port)
      throws IOException {
    int number = Integer.parseInt(port);
    if (number > 0xffff || FOUR.matcher(address).matches() != four) {
      throw malformed();
    }
    try {
      return new InetSocketAddress(InetAddress.ofLiteral(address), number);
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  private @Nullable Addresses binary() throws IOException {
    if (bytes[12] == 0x20) {
      // The balancer's own connection, such as a health check.
      return null;
    }
    if (bytes[12] != 0x21) {
      throw malformed();
    }
    return switch (bytes[13]) {
      case 0x00 -> null;
      case 0x11 -> addresses(4);
      case 0x21 -> addresses(16);
      default -> throw malformed();
    };
  }

  private Addresses addresses(int size) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes, FIXED_BYTES, length - FIXED_BYTES);
    if (rest.remaining() < 2 * size + 4) {
      throw malformed();
    }
    List<InetAddress> both = List.of(address(rest, size), address(rest, size));
    return new Addresses(
        new InetSocketAddress(both.getFirst(), rest.getShort() & 0xffff),
        new InetSocketAddress(both.getLast(), rest.getShort() & 0xffff));
  }

  private static InetAddress address(ByteBuffer rest, int size) throws IOException {
    byte[] address = new byte[size];
    rest.get(address);
    return InetAddress.getByAddress(address);
  }

  private static IOException malformed() {
    return new IOException("the PROXY header is malformed");
  }
}
