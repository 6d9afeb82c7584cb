package wagi.observe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The access log's JSON line: always the same names, null where a request has no such thing. */
final class AccessJson {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);
  private static final Pattern REQUEST_LINE = Pattern.compile("([^ ]+) ([^ ]+) (HTTP/[0-9.]+)");

  private AccessJson() {}

  static String line(AccessEntry entry) {
    JsonLine line = new JsonLine();
    line.add("time", TIME.format(entry.at()));
    line.add("request_id", entry.requestId());
    line.add("remote", entry.remoteAddress());
    addRequestLine(entry.requestLine(), line);
    line.add("status", entry.status());
    addWork(entry.work(), line);
    line.add("outcome", entry.outcome());
    line.add("host", decoded(entry.headers().first("Host")));
    line.add("user_agent", decoded(entry.headers().first("User-Agent")));
    line.add("referer", decoded(entry.headers().first("Referer")));
    return line.end();
  }

  /** A line that is no request line, from a refused request, is shown whole as the target. */
  private static void addRequestLine(String requestLine, JsonLine line) {
    Matcher parts = REQUEST_LINE.matcher(requestLine);
    boolean valid = parts.matches();
    line.add("method", valid ? decoded(parts.group(1)) : null);
    line.add("target", decoded(valid ? parts.group(2) : requestLine));
    line.add("protocol", valid ? parts.group(3) : null);
  }

  private static void addWork(AccessEntry.@Nullable Work work, JsonLine line) {
    if (work == null) {
      line.add("bytes", null).add("duration_ms", null).add("module", null).add("route", null);
      return;
    }
    line.add("bytes", work.bodyBytes());
    line.addThousandths("duration_ms", work.took().toNanos() / 1000);
    line.add("module", work.module());
    line.add("route", work.route());
  }

  /** Reads a value of one char per byte as the UTF-8 it most likely is. */
  private static @Nullable String decoded(@Nullable String value) {
    return value == null ? null : new String(value.getBytes(ISO_8859_1), UTF_8);
  }
}
