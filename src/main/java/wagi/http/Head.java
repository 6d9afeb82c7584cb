package wagi.http;

import wagi.message.Headers;
import wagi.message.Target;

/**
 * A request head that passed the gate.
 *
 * @param contentLength of the body; -1 when it is chunked
 * @param expectsContinue the client waits for a 100 before it sends the body
 */
record Head(
    String method,
    Target target,
    String protocol,
    Headers headers,
    long contentLength,
    boolean expectsContinue) {
  boolean chunked() {
    return contentLength < 0;
  }

  boolean http10() {
    return protocol.equals("HTTP/1.0");
  }
}
