package wagi.http;

import java.nio.ByteBuffer;
import java.util.List;

/** The settings of both sides (RFC 9113, 6.5). */
final class Http2Settings {
  static final int STREAMS_MAX = 100;

  private static final int HEADER_TABLE_SIZE = 1;
  private static final int ENABLE_PUSH = 2;
  private static final int MAX_CONCURRENT_STREAMS = 3;
  private static final int INITIAL_WINDOW_SIZE = 4;
  private static final int MAX_FRAME_SIZE = 5;
  private static final int MAX_HEADER_LIST_SIZE = 6;
  private static final int SETTING_BYTES = 6;

  private Http2Settings() {}

  /** Returns the frame with ours. */
  static ByteBuffer ours() {
    int bytes = 2 * SETTING_BYTES;
    return Http2Frame.begin(Http2Frame.SETTINGS, 0, 0, bytes, bytes)
        .putShort((short) MAX_CONCURRENT_STREAMS)
        .putInt(STREAMS_MAX)
        .putShort((short) MAX_HEADER_LIST_SIZE)
        .putInt(RawHead.BLOCK_BYTES_MAX)
        .flip();
  }

  /** Does as the client says. */
  static void apply(ByteBuffer theirs, Http2Output output, List<Http2Outgoing> streams)
      throws Http2Exception {
    if (theirs.remaining() % SETTING_BYTES != 0) {
      throw new Http2Exception(Http2Error.FRAME_SIZE_ERROR, "half a setting");
    }
    while (theirs.hasRemaining()) {
      int key = theirs.getShort() & 0xffff;
      int value = theirs.getInt();
      switch (key) {
        case INITIAL_WINDOW_SIZE -> {
          if (value < 0) {
            throw new Http2Exception(
                Http2Error.FLOW_CONTROL_ERROR, "an initial window beyond its limit");
          }
          output.initialWindow(value, streams);
        }
        case ENABLE_PUSH -> check(value == 0 || value == 1, "ENABLE_PUSH");
        case MAX_FRAME_SIZE ->
            check(value >= Http2Frame.PAYLOAD_BYTES_MAX && value < 1 << 24, "MAX_FRAME_SIZE");
        case HEADER_TABLE_SIZE, MAX_CONCURRENT_STREAMS, MAX_HEADER_LIST_SIZE -> {
          // We keep no table, open no streams, and our heads are what guests make them.
        }
        default -> {
          // Extensions are not for us.
        }
      }
    }
  }

  private static void check(boolean good, String setting) throws Http2Exception {
    if (!good) {
      throw new Http2Exception(Http2Error.PROTOCOL_ERROR, setting + " out of its range");
    }
  }
}
