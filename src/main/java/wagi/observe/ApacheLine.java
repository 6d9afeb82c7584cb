package wagi.observe;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The line that Apache's {@code mod_log_config} writes; all of it is printable ASCII. */
final class ApacheLine {
  private static final HexFormat HEX = HexFormat.of();

  private final DateTimeFormatter time;
  private final boolean combined;

  ApacheLine(boolean combined, ZoneId zone) {
    this.combined = combined;
    this.time =
        DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss xx", Locale.ENGLISH).withZone(zone);
  }

  String of(AccessEntry entry) {
    StringBuilder line = new StringBuilder(160);
    line.append(entry.remoteAddress()).append(" - - [");
    time.formatTo(entry.at(), line);
    line.append("] \"");
    escape(entry.requestLine(), line);
    line.append("\" ").append(entry.status()).append(' ');
    AccessEntry.Work work = entry.work();
    if (work == null || work.bodyBytes() == 0) {
      line.append('-');
    } else {
      line.append(work.bodyBytes());
    }
    if (combined) {
      quote(entry.headers().first("Referer"), line);
      quote(entry.headers().first("User-Agent"), line);
    }
    return line.append('\n').toString();
  }

  private static void quote(@Nullable String value, StringBuilder line) {
    line.append(" \"");
    escape(value == null ? "-" : value, line);
    line.append('"');
  }

  private static void escape(String value, StringBuilder line) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> line.append('\\').append(c);
        case '\b' -> line.append("\\b");
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        case '\u000b' -> line.append("\\v");
        default -> {
          if (c >= ' ' && c <= '~') {
            line.append(c);
          } else {
            line.append("\\x").append(HEX.toHexDigits((byte) c));
          }
        }
      }
    }
  }
}
