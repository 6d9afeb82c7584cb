package wagi.route;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A host that a route asks for, or with {@code *.} before it every host below it.
 *
 * @param name lower case, without port or trailing dot; that of a wildcard begins with the dot
 */
record HostPattern(String name, boolean wildcard) {
  static HostPattern parse(String text) {
    boolean wildcard = text.startsWith("*.");
    String name = nameIn(wildcard ? text.substring(2) : bracketed(text));
    if (name == null || name.indexOf('*') >= 0) {
      throw new IllegalArgumentException(
          "host must be a host name, an address or \"*.\" and a host name, found \"" + text + "\"");
    }
    return new HostPattern(wildcard ? "." + name : name, wildcard);
  }

  /** Returns the host of a Host header in the form that {@link #matches} compares, or null. */
  static @Nullable String nameIn(@Nullable String hostHeader) {
    HostPort parsed = hostHeader == null ? null : HostPort.parse(hostHeader);
    if (parsed == null) {
      return null;
    }
    String host = parsed.host().toLowerCase(Locale.ROOT);
    boolean dotted = host.length() > 1 && host.endsWith(".");
    return dotted ? host.substring(0, host.length() - 1) : host;
  }

  boolean matches(String host) {
    return wildcard ? host.length() > name.length() && host.endsWith(name) : host.equals(name);
  }

  boolean covers(HostPattern other) {
    if (!other.wildcard) {
      return matches(other.name);
    }
    return wildcard && other.name.endsWith(name);
  }

  private static String bracketed(String text) {
    boolean bareAddress = text.indexOf(':') != text.lastIndexOf(':') && text.charAt(0) != '[';
    return bareAddress ? "[" + text + "]" : text;
  }
}
