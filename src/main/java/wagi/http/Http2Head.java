package wagi.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wagi.http.HpackTable.Field;
import wagi.message.Headers;
import wagi.message.Limit;

/**
 * Which heads of HTTP/2 are taken (RFC 9113, 8.2 and 8.3). What passes is a head like one of
 * HTTP/1, and goes through the same gate.
 */
final class Http2Head {
  private static final List<String> PSEUDO = List.of(":method", ":scheme", ":path", ":authority");

  private final Map<String, String> pseudo = new HashMap<>();
  private final Headers.Builder fields = Headers.builder();
  private boolean regular;
  private @Nullable String host;

  private Http2Head() {}

  /**
   * Judges a head.
   *
   * @param block with no more than a field over the limits
   * @param ended whether the request has no body
   */
  static Head check(HpackDecoder.Block block, boolean ended) throws RefusedException {
    if (block.fields().size() > RawHead.FIELDS_MAX + PSEUDO.size() - 1) {
      throw new RefusedException(431, "the request has more than 128 header fields")
          .reachingFixed(Limit.HEADER_FIELDS);
    }
    Http2Head head = new Http2Head();
    for (Field field : block.fields()) {
      head.add(field);
    }
    RawHead raw = head.raw(block.bytes());
    Head judged = Gate.checkHttp(raw);
    if (ended && judged.contentLength() > 0) {
      throw bad("the request ends before its Content-Length");
    }
    return ended
        ? new Head(judged.method(), judged.target(), Head.HTTP2, judged.headers(), 0, false)
        : judged;
  }

  /** Returns the request line, as far as it can be told, for a log. */
  static String requestLine(List<Field> fields) {
    StringBuilder line = new StringBuilder();
    for (String name : List.of(":method", ":path")) {
      fields.stream()
          .filter(field -> field.name().equals(name))
          .findFirst()
          .ifPresent(field -> line.append(field.value()).append(' '));
    }
    line.append(Head.HTTP2);
    line.setLength(Math.min(line.length(), 1024));
    return line.toString();
  }

  private void add(Field field) throws RefusedException {
    String name = field.name();
    checkValue(field.value());
    if (name.startsWith(":")) {
      if (regular) {
        throw bad("a pseudo header stands behind others");
      }
      if (!PSEUDO.contains(name)) {
        throw bad("the request has a pseudo header that is not of a request");
      }
      if (pseudo.put(name, field.value()) != null) {
        throw bad("the request has a pseudo header twice");
      }
      return;
    }
    regular = true;
    checkName(name, field.value());
    if (name.equals("host")) {
      if (host != null) {
        throw bad("the request has more than one Host header");
      }
      host = field.value();
      return;
    }
    fields.add(name, field.value());
  }

  private static void checkName(String name, String value) throws RefusedException {
    if (!Token.isToken(name) || name.chars().anyMatch(c -> c >= 'A' && c <= 'Z')) {
      throw bad("a header name is not a token in lower case");
    }
    switch (name) {
      case "connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade" ->
          throw bad("the header " + name + " is not of HTTP/2");
      case "te" -> {
        if (!value.equals("trailers")) {
          throw bad("the header te is not \"trailers\"");
        }
      }
      default -> {}
    }
  }

  private static void checkValue(String value) throws RefusedException {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        throw bad("a header value has a control character");
      }
    }
    if (!value.isEmpty()
        && (isBlank(value.charAt(0)) || isBlank(value.charAt(value.length() - 1)))) {
      throw bad("a header value begins or ends with a blank");
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private RawHead raw(long bytes) throws RefusedException {
    String method = pseudo.getOrDefault(":method", "");
    String path = pseudo.getOrDefault(":path", "");
    String scheme = pseudo.getOrDefault(":scheme", "");
    if (path.length() > RawHead.LINE_BYTES_MAX) {
      throw new RefusedException(414, "the request target is longer than 16 KiB")
          .reachingFixed(Limit.REQUEST_LINE);
    }
    if (bytes > RawHead.BLOCK_BYTES_MAX + path.length()) {
      throw new RefusedException(431, "the header block is larger than 32 KiB")
          .reachingFixed(Limit.HEADER_BLOCK);
    }
    if (!method.equals("CONNECT")) {
      checkTarget(method, scheme, path);
    }
    Headers.Builder all = Headers.builder();
    String authority = authority();
    if (authority != null) {
      all.add("host", authority);
    }
    return new RawHead(method, path, Head.HTTP2, all.addAll(fields.build()).build());
  }

  private static void checkTarget(String method, String scheme, String path)
      throws RefusedException {
    if (method.isEmpty() || path.isEmpty()) {
      throw bad("the request has no :method or no :path");
    }
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw bad("the :scheme is neither http nor https");
    }
    if (!path.startsWith("/") && !(path.equals("*") && method.equals("OPTIONS"))) {
      throw bad("the :path does not begin with /");
    }
  }

  private @Nullable String authority() throws RefusedException {
    String authority = pseudo.get(":authority");
    if (authority == null) {
      return host;
    }
    if (host != null && !host.equalsIgnoreCase(authority)) {
      throw bad("the Host header is not the :authority");
    }
    return authority;
  }

  private static RefusedException bad(String sentence) {
    return new RefusedException(400, sentence);
  }
}
