package wagi.http;

import java.io.Serial;

/** What ends an HTTP/2 connection. */
final class Http2Exception extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final Http2Error error;

  Http2Exception(Http2Error error, String reason) {
    super(reason, null, false, false);
    this.error = error;
  }

  Http2Error error() {
    return error;
  }
}
