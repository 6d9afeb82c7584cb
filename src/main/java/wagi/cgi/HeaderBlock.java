package wagi.cgi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wagi.cgi.CgiResponse.Defect;
import wagi.cgi.CgiResponse.Head;
import wagi.cgi.CgiResponse.Malformed;
import wagi.message.Headers;

/** The lines of one header block: RFC 3875 section 6.3. */
final class HeaderBlock {
  private static final int MAX_LINES = 1000;
  private static final int MAX_IGNORED = 10;

  private final byte[] bytes;
  private final Headers.Builder headers = Headers.builder();
  private final List<String> ignored = new ArrayList<>();
  private int lines;
  private int status;
  private boolean hasLocation;
  private boolean hasContentType;
  private long contentLength = -1;
  private boolean contentLengthSeen;
  private @Nullable Malformed malformed;

  private HeaderBlock(byte[] bytes) {
    this.bytes = bytes;
  }

  static HeaderBlock parse(byte[] bytes, int from, int to) {
    HeaderBlock block = new HeaderBlock(bytes);
    if (HeaderText.isUtf8(bytes, from, to)) {
      block.readLines(from, to);
    } else {
      block.fail(Defect.NOT_UTF8, "the header block must be utf-8");
    }
    return block;
  }

  CgiResponse toResponse(int bodyStart) {
    if (malformed != null) {
      return malformed;
    }
    if (!hasContentType && !hasLocation && status == 0) {
      return new Malformed(
          Defect.NO_SUFFICIENT_FIELD,
          "the header block must have a Content-Type, Location or Status, found none");
    }
    return new Head(
        effectiveStatus(), headers.build(), contentLength, bodyStart, List.copyOf(ignored));
  }

  private int effectiveStatus() {
    if (status != 0) {
      return status;
    }
    return hasLocation ? 302 : 200;
  }

  private void readLines(int from, int to) {
    int start = from;
    while (start < to && malformed == null) {
      int end = start;
      while (end < to && bytes[end] != '\n') {
        end++;
      }
      int textEnd = end;
      while (textEnd > start && bytes[textEnd - 1] == '\r') {
        textEnd--;
      }
      if (textEnd > start) {
        readLine(start, textEnd);
      }
      start = end + 1;
    }
  }

  private void readLine(int from, int to) {
    if (++lines > MAX_LINES) {
      fail(
          Defect.TOO_MANY_LINES,
          "the header block must not have more than " + MAX_LINES + " lines");
      return;
    }
    int colon = from;
    while (colon < to && bytes[colon] != ':') {
      colon++;
    }
    String name = colon == to ? "" : trimmed(from, colon);
    if (!HeaderText.isToken(name)) {
      ignore(from, to);
      return;
    }
    for (int i = colon + 1; i < to; i++) {
      if ((bytes[i] >= 0 && bytes[i] < ' ' && bytes[i] != '\t') || bytes[i] == 0x7F) {
        String what = "the value of a header field must not hold a control byte, found ";
        fail(Defect.CONTROL_BYTE, what + Quote.of(bytes, from, to));
        return;
      }
    }
    readField(name, trimmed(colon + 1, to));
  }

  private void readField(String name, String value) {
    if (name.equalsIgnoreCase("Status")) {
      readStatus(value);
    } else if (name.equalsIgnoreCase("Content-Type")) {
      once(hasContentType, name);
      hasContentType = true;
      headers.add(name, value);
    } else if (name.equalsIgnoreCase("Location")) {
      once(hasLocation, name);
      hasLocation = true;
      headers.add(name, value);
    } else if (name.equalsIgnoreCase("Content-Length")) {
      readContentLength(value);
    } else if (!isAboutTheConnection(name)) {
      headers.add(name, value);
    }
  }

  private void readStatus(String value) {
    once(status != 0, "Status");
    int space = value.indexOf(' ');
    String code = space < 0 ? value : value.substring(0, space);
    status = code.length() == 3 ? (int) number(code) : -1;
    if (status < 200 || status > 599) {
      byte[] found = value.getBytes(ISO_8859_1);
      fail(
          Defect.BAD_STATUS,
          "Status must be three digits from 200 to 599, found " + Quote.of(found, 0, found.length));
    }
  }

  /** Two that differ say nothing. */
  private void readContentLength(String value) {
    long length = value.isEmpty() || value.length() > 15 ? -1 : number(value);
    boolean contradicts = contentLengthSeen && length != contentLength;
    contentLength = contradicts ? -1 : length;
    contentLengthSeen = true;
  }

  private static boolean isAboutTheConnection(String name) {
    if (name.regionMatches(true, 0, "Proxy-", 0, 6)) {
      return true;
    }
    return switch (name.length()) {
      case 2 -> name.equalsIgnoreCase("TE");
      case 7 -> name.equalsIgnoreCase("Trailer") || name.equalsIgnoreCase("Upgrade");
      case 10 -> name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Keep-Alive");
      case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
      default -> false;
    };
  }

  private void once(boolean seen, String name) {
    if (seen) {
      fail(Defect.REPEATED_FIELD, name + " must stand once, found it twice");
    }
  }

  private void ignore(int from, int to) {
    if (ignored.size() < MAX_IGNORED) {
      ignored.add(Quote.of(bytes, from, to));
    }
  }

  /** The first defect counts. */
  private void fail(Defect defect, String sentence) {
    if (malformed == null) {
      malformed = new Malformed(defect, sentence);
    }
  }

  /** Returns -1 if anything but digits is in it. */
  private static long number(String digits) {
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = number * 10 + (c - '0');
    }
    return number;
  }

  private String trimmed(int from, int to) {
    int start = from;
    int end = to;
    while (start < end && isBlank(bytes[start])) {
      start++;
    }
    while (end > start && isBlank(bytes[end - 1])) {
      end--;
    }
    return new String(bytes, start, end - start, ISO_8859_1);
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }
}
