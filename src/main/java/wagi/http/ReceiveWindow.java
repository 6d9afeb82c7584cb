package wagi.http;

/**
 * How much data the client may still send (RFC 9113, 5.2): on one stream, or on all of them
 * together, which is stream 0. Belongs to the I/O thread.
 */
final class ReceiveWindow {
  private final int stream;
  private final int size;
  private final Http2Output output;
  private int left;
  private int used;

  ReceiveWindow(int stream, int size, Http2Output output) {
    this.stream = stream;
    this.size = size;
    this.output = output;
    this.left = size;
  }

  /** As many bytes have come, padding included. */
  void take(int bytes) throws Http2Exception {
    left -= bytes;
    if (left < 0) {
      String whose = stream == 0 ? "the window" : "the stream's window";
      throw new Http2Exception(Http2Error.FLOW_CONTROL_ERROR, "more data than " + whose);
    }
  }

  /**
   * As many bytes have been used, so that as many may come; worth a frame from half the window on.
   *
   * @return whether there is a frame to be sent
   */
  boolean release(int bytes) {
    used += bytes;
    if (used < size / 2) {
      return false;
    }
    output.frame(Http2Frame.of(Http2Frame.WINDOW_UPDATE, 0, stream, used));
    left += used;
    used = 0;
    return true;
  }
}
