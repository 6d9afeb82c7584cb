package wagi.route;

import org.jspecify.annotations.Nullable;

/**
 * A host with or without a port, as in a Host header.
 *
 * @param host as written; an IPv6 address keeps its brackets
 * @param port 1 to 65535, or 0 when there is none, or none that is a number
 */
public record HostPort(String host, int port) {
  private static final String REG_NAME = "-._~!$&'()*+,;=%";

  /** Returns null if the host is empty or holds what no host may. */
  public static @Nullable HostPort parse(String text) {
    int end = text.startsWith("[") ? text.indexOf(']') + 1 : text.indexOf(':');
    if (end < 0) {
      end = text.length();
    }
    if (end == 0 || !isHost(text, end)) {
      return null;
    }
    if (end == text.length()) {
      return new HostPort(text, 0);
    }
    if (text.charAt(end) != ':') {
      return null;
    }
    return new HostPort(text.substring(0, end), port(text, end + 1));
  }

  private static boolean isHost(String text, int end) {
    if (text.charAt(0) == '[') {
      return isBracketed(text, end);
    }
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (!isAlphanumeric(c) && REG_NAME.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBracketed(String text, int end) {
    for (int i = 1; i < end - 1; i++) {
      char c = text.charAt(i);
      if (c != ':' && c != '.' && PercentDecoding.hexDigit(c) < 0) {
        return false;
      }
    }
    return end > 3;
  }

  private static boolean isAlphanumeric(char c) {
    int lower = c | 0x20;
    return (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'z');
  }

  private static int port(String text, int from) {
    int port = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return 0;
      }
      port = port * 10 + (c - '0');
      if (port > 65535) {
        return 0;
      }
    }
    return port;
  }
}
