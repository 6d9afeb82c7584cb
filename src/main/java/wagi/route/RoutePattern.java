package wagi.route;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One path, or with {@code /...} at its end that path and everything below it.
 *
 * <p>Two patterns are equal when they match the same paths, however they are spelled.
 */
public final class RoutePattern {
  private static final String TAIL = "/...";

  private final String text;
  private final boolean prefix;

  /** Decoded, without the tail; {@code %2F} is {@link PercentDecoding#ENCODED_SLASH}. */
  private final String path;

  private final String scriptName;

  private RoutePattern(String text) {
    this.text = text;
    this.prefix = text.endsWith(TAIL);
    String base = base();
    this.path = PercentDecoding.decodeSegments(base);
    this.scriptName = PercentDecoding.decode(base);
  }

  /**
   * Reads a route of a configuration or of a {@code _routes} line.
   *
   * @throws IllegalArgumentException if no request could ever match it
   */
  public static RoutePattern parse(String text) {
    String problem = problemOf(text);
    if (problem != null) {
      throw new IllegalArgumentException(problem);
    }
    return new RoutePattern(text);
  }

  /** Says why no request could ever match this route, or returns null if one could. */
  public static @Nullable String problemOf(String text) {
    if (!text.startsWith("/")) {
      return "route must start with \"/\", found \"" + text + "\"";
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '?' || c == '#') {
        return "route must be a path without \"" + c + "\", found \"" + text + "\"";
      }
      if (c == '%' && PercentDecoding.octetAt(text, i) <= 0) {
        return "route must have two hex digits after \"%\", and not 00, found \"" + text + "\"";
      }
    }
    return problemOfDecoded(text, new RoutePattern(text).path);
  }

  private static @Nullable String problemOfDecoded(String text, String path) {
    if (path.indexOf('\uFFFD') >= 0) {
      return "route must be utf-8 when it is decoded, found \"" + text + "\"";
    }
    if (path.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
      return "route must not hold a control character";
    }
    String closed = path + "/";
    if (closed.contains("/./") || closed.contains("/../")) {
      return "route must not hold a \".\" or \"..\" segment, found \"" + text + "\"";
    }
    return null;
  }

  /** Returns the route as it was written. */
  public String text() {
    return text;
  }

  public boolean isPrefix() {
    return prefix;
  }

  /** Returns the decoded path that this route puts in {@code SCRIPT_NAME}. */
  public String scriptName() {
    return scriptName;
  }

  /** Returns the route as it was written, without the tail of a prefix. */
  String base() {
    return prefix ? text.substring(0, text.length() - TAIL.length()) : text;
  }

  /**
   * Returns whether a path belongs to this route.
   *
   * @param decoded by {@link PercentDecoding#decodeSegments}
   */
  boolean matches(String decoded) {
    if (!prefix) {
      return decoded.equals(path);
    }
    // One look at the place of the boundary rules out most routes.
    int end = path.length();
    return decoded.length() >= end
        && (decoded.length() == end || decoded.charAt(end) == '/')
        && decoded.startsWith(path);
  }

  /** Returns the part of a matching path that is below this route, still encoded. */
  String rest(String rawPath) {
    if (!prefix) {
      return "";
    }
    // Only a raw slash separates segments, so both spellings have the same number of them.
    int slash = rawPath.indexOf('/');
    for (int i = 0; i < path.length() && slash >= 0; i++) {
      if (path.charAt(i) == '/') {
        slash = rawPath.indexOf('/', slash + 1);
      }
    }
    return slash < 0 ? "" : rawPath.substring(slash);
  }

  /** Returns whether this route, of two that match one path, says more about it. */
  boolean isMoreSpecificThan(RoutePattern other) {
    if (prefix != other.prefix) {
      return !prefix;
    }
    return path.length() > other.path.length();
  }

  /** Returns whether every path of the other route is one of this route too. */
  boolean covers(RoutePattern other) {
    return prefix ? matches(other.path) : equals(other);
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof RoutePattern other
        && prefix == other.prefix
        && path.equals(other.path);
  }

  @Override
  public int hashCode() {
    return Objects.hash(prefix, path);
  }

  @Override
  public String toString() {
    return text;
  }
}
