package wagi.observe;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.event.KeyValuePair;

/**
 * An event as people read it. Only its first line begins at the margin, so that no message can pass
 * for an event of its own.
 */
final class LogText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);
  private static final Pattern LINE_END = Pattern.compile("\r?\n");
  private static final String INDENT = "    ";

  private LogText() {}

  static String lines(ILoggingEvent event) {
    StringBuilder text = new StringBuilder(160);
    TIME.formatTo(event.getInstant(), text);
    text.append(' ').append(event.getLevel());
    text.append(" ".repeat("ERROR".length() - event.getLevel().toString().length()));
    text.append(' ').append(PrintableText.of(event.getLoggerName())).append(": ");
    appendPairs(event.getKeyValuePairs(), text);
    appendLines(event.getFormattedMessage(), text);
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      text.append(INDENT);
      appendLines(ThrowableProxyUtil.asString(thrown), text);
    }
    return text.toString();
  }

  private static void appendPairs(List<KeyValuePair> pairs, StringBuilder text) {
    if (pairs == null || pairs.isEmpty()) {
      return;
    }
    text.append(
        pairs.stream()
            .map(pair -> PrintableText.of(pair.key + "=" + pair.value))
            .collect(Collectors.joining(" ", "[", "] ")));
  }

  private static void appendLines(String lines, StringBuilder text) {
    text.append(
        LINE_END
            .splitAsStream(lines.stripTrailing())
            .map(PrintableText::of)
            .collect(Collectors.joining("\n" + INDENT, "", "\n")));
  }
}
