package wagi.server;

import java.util.List;
import java.util.Locale;

/**
 * An answer as it came over the wire.
 *
 * @param head with the status line, without the empty line
 * @param body with chunks put together
 * @param whole whether the framing says that nothing is missing
 */
public record RawAnswer(String head, String body, boolean whole) {
  private static final String CRLF = "\r\n";

  static RawAnswer of(String raw) {
    int end = raw.indexOf(CRLF + CRLF);
    if (end < 0) {
      return new RawAnswer(raw, "", false);
    }
    RawAnswer framed = new RawAnswer(raw.substring(0, end), raw.substring(end + 4), true);
    if (framed.fields("Transfer-Encoding").contains("chunked")) {
      return framed.unchunked();
    }
    List<String> length = framed.fields("Content-Length");
    boolean whole =
        length.isEmpty() || length.getFirst().equals(Integer.toString(framed.body.length()));
    return new RawAnswer(framed.head, framed.body, whole);
  }

  private RawAnswer unchunked() {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (true) {
      int lineEnd = body.indexOf(CRLF, at);
      if (lineEnd < 0) {
        return new RawAnswer(head, text.toString(), false);
      }
      int size = Integer.parseInt(body.substring(at, lineEnd), 16);
      if (size == 0) {
        return new RawAnswer(head, text.toString(), body.endsWith("0\r\n\r\n"));
      }
      at = lineEnd + 2;
      if (body.length() < at + size + 2) {
        return new RawAnswer(head, text + body.substring(at), false);
      }
      text.append(body, at, at + size);
      at += size + 2;
    }
  }

  public int status() {
    return head.matches("(?s)HTTP/1\\.1 \\d{3} .*") ? Integer.parseInt(head.substring(9, 12)) : -1;
  }

  /** Returns the values of all fields of this name. */
  public List<String> fields(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    return head.lines()
        .skip(1)
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .toList();
  }
}
