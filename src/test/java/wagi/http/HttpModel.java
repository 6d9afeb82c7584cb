package wagi.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into the requests that a strict reader finds in it, up to the first that
 * is not plainly one. Nothing else may reach a handler.
 */
final class HttpModel {
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  private final String stream;
  private final List<String> requests = new ArrayList<>();
  private int at;

  private HttpModel(String stream) {
    this.stream = stream;
  }

  /** Returns method, target and body of each. */
  static List<String> requests(byte[] stream) {
    HttpModel model = new HttpModel(new String(stream, ISO_8859_1));
    while (model.one()) {}
    return model.requests;
  }

  /** What the handler says of a request that reached it. */
  static String text(String method, String target, String body) {
    return method + " " + target + " " + Integer.toHexString(body.hashCode()) + " " + body.length();
  }

  private boolean one() {
    while (stream.startsWith("\r\n", at)) {
      at += 2;
    }
    int end = stream.indexOf("\r\n\r\n", at);
    if (end < 0) {
      return false;
    }
    String[] lines = stream.substring(at, end).split("\r\n", -1);
    String[] start = lines[0].split(" ", -1);
    if (start.length != 3 || !start[0].matches(TOKEN) || !start[2].matches("HTTP/1\\.[01]")) {
      return false;
    }
    List<String> lengths = new ArrayList<>();
    List<String> codings = new ArrayList<>();
    for (String line : List.of(lines).subList(1, lines.length)) {
      String name = line.split(":", 2)[0];
      if (!line.contains(":") || !name.matches(TOKEN)) {
        return false;
      }
      String value = line.substring(name.length() + 1).strip();
      switch (name.toLowerCase(Locale.ROOT)) {
        case "content-length" -> lengths.add(value);
        case "transfer-encoding" -> codings.add(value.toLowerCase(Locale.ROOT));
        default -> {}
      }
    }
    at = end + 4;
    String body = body(lengths, codings);
    if (body == null) {
      return false;
    }
    requests.add(text(start[0], start[1].replaceFirst("^(?i:http)://[^/?]*", ""), body));
    return codings.isEmpty();
  }

  private @Nullable String body(List<String> lengths, List<String> codings) {
    if (lengths.isEmpty() && codings.isEmpty()) {
      return "";
    }
    if (lengths.size() == 1 && codings.isEmpty() && lengths.getFirst().matches("[0-9]{1,9}")) {
      int length = Integer.parseInt(lengths.getFirst());
      String body = at + length > stream.length() ? null : stream.substring(at, at + length);
      at += length;
      return body;
    }
    return lengths.isEmpty() && codings.equals(List.of("chunked")) ? chunks() : null;
  }

  private @Nullable String chunks() {
    StringBuilder body = new StringBuilder();
    while (true) {
      int end = stream.indexOf("\r\n", at);
      String size = end < 0 ? "" : stream.substring(at, end).split(";", 2)[0].stripTrailing();
      if (!size.matches("[0-9A-Fa-f]{1,7}")) {
        return null;
      }
      int length = Integer.parseInt(size, 16);
      at = end + 2;
      if (length == 0) {
        return body.toString();
      }
      if (at + length + 2 > stream.length() || !stream.startsWith("\r\n", at + length)) {
        return null;
      }
      body.append(stream, at, at + length);
      at += length + 2;
    }
  }
}
