package wagi.http;

import wagi.message.Headers;
import wagi.message.Target;

/**
 * A request head that passed the gate.
 *
 * @param contentLength of the body; -1 when it is chunked, or in HTTP/2 not told
 * @param expectsContinue the client waits for a 100 before it sends the body
 */
record Head(
    String method,
    Target target,
    String protocol,
    Headers headers,
    long contentLength,
    boolean expectsContinue) {
  static final String HTTP2 = "HTTP/2.0";

  boolean chunked() {
    return contentLength < 0 && !http2();
  }

  boolean http2() {
    return protocol.equals(HTTP2);
  }

  boolean http10() {
    return protocol.equals("HTTP/1.0");
  }
}
