package wagi.http;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A frame of HTTP/2 (RFC 9113, 4.1).
 *
 * <pre>
 * length (3) | type (1) | flags (1) | stream (4) | payload
 * </pre>
 */
record Http2Frame(int type, int flags, int stream, ByteBuffer payload) {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int PRIORITY = 2;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PUSH_PROMISE = 5;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final int ACK = 0x1;
  static final int END_STREAM = 0x1;
  static final int END_HEADERS = 0x4;
  static final int PADDED = 0x8;
  static final int PRIORITY_THERE = 0x20;

  static final int HEAD_BYTES = 9;
  static final int PRIORITY_BYTES = 5;

  /** The largest payload either side may send unless it was told otherwise; we tell nobody. */
  static final int PAYLOAD_BYTES_MAX = 16_384;

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** Takes the next frame off the buffer, whose payload it then shares; null if none is whole. */
  static @Nullable Http2Frame next(ByteBuffer in) throws Http2Exception {
    if (in.remaining() < HEAD_BYTES) {
      return null;
    }
    int at = in.position();
    int length = (in.get(at) & 0xff) << 16 | (in.getShort(at + 1) & 0xffff);
    if (length > PAYLOAD_BYTES_MAX) {
      throw new Http2Exception(Http2Error.FRAME_SIZE_ERROR, "a frame of " + length + " bytes");
    }
    if (in.remaining() < HEAD_BYTES + length) {
      return null;
    }
    ByteBuffer payload = in.slice(at + HEAD_BYTES, length);
    in.position(at + HEAD_BYTES + length);
    return new Http2Frame(
        in.get(at + 3) & 0xff, in.get(at + 4) & 0xff, in.getInt(at + 5) & 0x7fffffff, payload);
  }

  /** Begins a frame whose payload follows. */
  static ByteBuffer begin(int type, int flags, int stream, int length, int room) {
    ByteBuffer frame = ByteBuffer.allocate(HEAD_BYTES + room);
    frame.put((byte) (length >> 16)).putShort((short) length);
    return frame.put((byte) type).put((byte) flags).putInt(stream);
  }

  static ByteBuffer of(int type, int flags, int stream, int... words) {
    ByteBuffer frame = begin(type, flags, stream, 4 * words.length, 4 * words.length);
    for (int word : words) {
      frame.putInt(word);
    }
    return frame.flip();
  }

  void checkLength(int length) throws Http2Exception {
    if (payload.remaining() != length) {
      throw new Http2Exception(Http2Error.FRAME_SIZE_ERROR, "a frame of another length");
    }
  }

  /** Returns what HEADERS bring of a header block, without padding and priority. */
  ByteBuffer fragment() throws Http2Exception {
    ByteBuffer fragment = unpadded();
    if (!has(PRIORITY_THERE)) {
      return fragment;
    }
    if (fragment.remaining() < PRIORITY_BYTES) {
      throw new Http2Exception(Http2Error.FRAME_SIZE_ERROR, "HEADERS without their priority");
    }
    return fragment.position(fragment.position() + PRIORITY_BYTES);
  }

  /** Takes the padding off, and what says that it is there. */
  ByteBuffer unpadded() throws Http2Exception {
    if (!has(PADDED)) {
      return payload;
    }
    if (!payload.hasRemaining()) {
      throw new Http2Exception(Http2Error.FRAME_SIZE_ERROR, "padding without its length");
    }
    int padding = payload.get() & 0xff;
    if (padding > payload.remaining()) {
      throw new Http2Exception(Http2Error.PROTOCOL_ERROR, "more padding than payload");
    }
    return payload.limit(payload.limit() - padding);
  }
}
