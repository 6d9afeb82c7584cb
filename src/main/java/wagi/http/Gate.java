package wagi.http;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import wagi.message.Headers;
import wagi.message.Target;

/** Which requests are taken: the rules that nothing behind this package has to think of again. */
final class Gate {
  private static final Headers ALLOW =
      Headers.of("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  private static final Pattern HOST =
      Pattern.compile(
          "(?:\\[[0-9A-Fa-f:.]{2,45}]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2}){1,255})"
              + "(?::([0-9]{1,5}))?");
  private static final int LENGTH_DIGITS_MAX = 18;

  private Gate() {}

  static Head check(RawHead raw) throws RefusedException {
    checkVersion(raw.version());
    return checkHttp(raw);
  }

  /** Judges a head whose version is settled. */
  static Head checkHttp(RawHead raw) throws RefusedException {
    checkMethod(raw.method());
    Headers headers = raw.headers();
    boolean http2 = raw.version().equals(Head.HTTP2);
    boolean http11 = http2 || raw.version().equals("HTTP/1.1");
    String host = host(headers, http11);
    Target target = TargetGate.check(raw.method(), raw.target(), host);
    boolean unknown = http2 && !headers.contains("Content-Length");
    long length = unknown ? -1 : bodyLength(headers, http11);
    boolean expects = http11 && expectsContinue(headers);
    return new Head(raw.method(), target, raw.version(), headers, length, expects);
  }

  private static void checkVersion(String version) throws RefusedException {
    if (version.equals("HTTP/1.1") || version.equals("HTTP/1.0")) {
      return;
    }
    if (version.startsWith("HTTP/")) {
      throw new RefusedException(505, "this server speaks HTTP/1.1 and HTTP/1.0");
    }
    throw new RefusedException(400, "the request line does not end with a version of HTTP");
  }

  private static void checkMethod(String method) throws RefusedException {
    if (!Token.isToken(method)) {
      throw new RefusedException(400, "the method is not a token");
    }
    if (method.equals("CONNECT") || method.equals("TRACE")) {
      throw new RefusedException(405, "this server does not do " + method, ALLOW);
    }
  }

  private static @Nullable String host(Headers headers, boolean http11) throws RefusedException {
    String host = headers.first("Host");
    if (host == null) {
      if (http11) {
        throw new RefusedException(400, "the request has no Host header");
      }
      return null;
    }
    if (headers.all("Host").size() > 1) {
      throw new RefusedException(400, "the request has more than one Host header");
    }
    if (!isHost(host)) {
      throw new RefusedException(400, "the Host header is not a host and an optional port");
    }
    return host;
  }

  /** Whether this is a host and an optional port. */
  static boolean isHost(String text) {
    var match = HOST.matcher(text);
    return match.matches() && isPort(match.group(1));
  }

  private static boolean isPort(@Nullable String digits) {
    return digits == null || Integer.parseInt(digits) <= 0xffff;
  }

  /** Returns the body's length, or -1 when it is chunked. */
  private static long bodyLength(Headers headers, boolean http11) throws RefusedException {
    String coding = headers.first("Transfer-Encoding");
    String length = headers.first("Content-Length");
    if (coding != null) {
      checkCoding(headers.all("Transfer-Encoding"), length, http11);
      return -1;
    }
    if (length == null) {
      return 0;
    }
    if (headers.all("Content-Length").size() > 1) {
      throw new RefusedException(400, "the request has more than one Content-Length");
    }
    return parseLength(length);
  }

  private static void checkCoding(List<String> codings, @Nullable String length, boolean http11)
      throws RefusedException {
    if (length != null) {
      throw new RefusedException(400, "the request has Transfer-Encoding and Content-Length");
    }
    if (!http11) {
      throw new RefusedException(400, "Transfer-Encoding needs HTTP/1.1");
    }
    if (codings.size() > 1) {
      throw new RefusedException(400, "the request has more than one Transfer-Encoding");
    }
    if (!codings.getFirst().equalsIgnoreCase("chunked")) {
      throw new RefusedException(501, "the only Transfer-Encoding of this server is chunked");
    }
  }

  private static long parseLength(String length) throws RefusedException {
    boolean digits = !length.isEmpty() && length.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || length.length() > LENGTH_DIGITS_MAX) {
      throw new RefusedException(400, "the Content-Length is not a number of bytes");
    }
    return Long.parseLong(length);
  }

  private static boolean expectsContinue(Headers headers) throws RefusedException {
    String expect = headers.first("Expect");
    if (expect == null) {
      return false;
    }
    if (headers.all("Expect").size() > 1 || !expect.equalsIgnoreCase("100-continue")) {
      throw new RefusedException(417, "this server does not know what is expected of it");
    }
    return true;
  }
}
