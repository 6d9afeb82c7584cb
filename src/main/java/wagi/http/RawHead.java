package wagi.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import wagi.message.Headers;
import wagi.message.Limit;

/**
 * The request line and the fields as they were sent, cut but not yet judged.
 *
 * <pre>
 * method SP target SP version CR LF
 * name ":" OWS value OWS CR LF      any number of times
 * CR LF
 * </pre>
 */
record RawHead(String method, String target, String version, Headers headers) {
  static final int LINE_BYTES_MAX = 16 * 1024;
  static final int BLOCK_BYTES_MAX = 32 * 1024;
  static final int FIELDS_MAX = 128;

  /** Enough to tell every head that is too large from one that is not. */
  static final int BYTES_MAX = LINE_BYTES_MAX + BLOCK_BYTES_MAX + 1024;

  /** Cuts the head at the start of these bytes; what follows the empty line is not looked at. */
  static RawHead cut(byte[] bytes, int length) throws RefusedException {
    int lineEnd = lineEnd(bytes, 0, length);
    if ((lineEnd < 0 ? length : lineEnd) > LINE_BYTES_MAX) {
      throw new RefusedException(414, "the request line is longer than 16 KiB")
          .reachingFixed(Limit.REQUEST_LINE);
    }
    if (lineEnd < 0) {
      throw malformed("the request line does not end");
    }
    int methodEnd = indexOf(bytes, ' ', 0, lineEnd);
    int targetEnd = methodEnd < 0 ? -1 : indexOf(bytes, ' ', methodEnd + 1, lineEnd);
    if (methodEnd <= 0 || targetEnd <= methodEnd + 1) {
      throw malformed("the request line is not a method, a target and a version");
    }
    return new RawHead(
        text(bytes, 0, methodEnd),
        text(bytes, methodEnd + 1, targetEnd),
        text(bytes, targetEnd + 1, lineEnd),
        fields(bytes, lineEnd + 2, length));
  }

  /** Returns the request line, as far as it can be told, for a log. */
  static String requestLine(byte[] bytes, int length) {
    int end = 0;
    int most = Math.min(length, 1024);
    while (end < most && bytes[end] != '\r' && bytes[end] != '\n') {
      end++;
    }
    return text(bytes, 0, end);
  }

  /**
   * Returns whether the first line is there and is no request line: more bytes would not help.
   * Undertow waits for more, since it takes a line's end for a part of the target.
   */
  static boolean isHopeless(byte[] bytes, int length) {
    int end = indexOf(bytes, '\n', 0, length);
    int space = end < 0 ? -1 : indexOf(bytes, ' ', 0, end);
    return end >= 0 && (space < 0 || indexOf(bytes, ' ', space + 1, end) < 0);
  }

  private static Headers fields(byte[] bytes, int start, int length) throws RefusedException {
    Headers.Builder fields = Headers.builder();
    int count = 0;
    int from = start;
    while (true) {
      int end = lineEnd(bytes, from, length);
      if ((end < 0 ? length : end) - start > BLOCK_BYTES_MAX) {
        throw new RefusedException(431, "the header block is larger than 32 KiB")
            .reachingFixed(Limit.HEADER_BLOCK);
      }
      if (end < 0) {
        throw malformed("a header line does not end");
      }
      if (end == from) {
        return fields.build();
      }
      if (++count > FIELDS_MAX) {
        throw new RefusedException(431, "the request has more than 128 header fields")
            .reachingFixed(Limit.HEADER_FIELDS);
      }
      add(fields, bytes, from, end);
      from = end + 2;
    }
  }

  private static void add(Headers.Builder fields, byte[] bytes, int from, int end)
      throws RefusedException {
    if (bytes[from] == ' ' || bytes[from] == '\t') {
      throw malformed("a header line is folded");
    }
    int colon = from;
    while (colon < end && Token.isTokenByte(bytes[colon])) {
      colon++;
    }
    if (colon == from || colon == end || bytes[colon] != ':') {
      throw malformed("a header line has no name, or a name that is not a token");
    }
    int first = colon + 1;
    int last = end;
    while (first < last && blank(bytes[first])) {
      first++;
    }
    while (last > first && blank(bytes[last - 1])) {
      last--;
    }
    for (int i = first; i < last; i++) {
      if ((bytes[i] >= 0 && bytes[i] < ' ' && bytes[i] != '\t') || bytes[i] == 0x7f) {
        throw malformed("a header value has a control character");
      }
    }
    fields.add(text(bytes, from, colon), text(bytes, first, last));
  }

  /** Returns where the CR LF is, or -1 when there is none; a bare CR or LF is an error. */
  private static int lineEnd(byte[] bytes, int from, int length) throws RefusedException {
    for (int i = from; i < length; i++) {
      byte b = bytes[i];
      if (b == '\n' || (b == '\r' && i + 1 < length && bytes[i + 1] != '\n')) {
        throw malformed("a line of the head does not end with CR LF");
      }
      if (b == '\r') {
        return i + 1 < length ? i : -1;
      }
    }
    return -1;
  }

  private static int indexOf(byte[] bytes, char wanted, int from, int end) {
    for (int i = from; i < end; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static boolean blank(byte b) {
    return b == ' ' || b == '\t';
  }

  private static String text(byte[] bytes, int from, int end) {
    return new String(bytes, from, end - from, ISO_8859_1);
  }

  private static RefusedException malformed(String sentence) {
    return new RefusedException(400, sentence);
  }
}
