package wagi.observe;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/** An event as a JSON object on one line. */
final class LogJson {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private LogJson() {}

  static String line(ILoggingEvent event) {
    JsonLine line = new JsonLine();
    line.add("time", TIME.format(event.getInstant()));
    line.add("level", event.getLevel().toString());
    line.add("logger", event.getLoggerName());
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> line.add(pair.key, String.valueOf(pair.value)));
    }
    line.add("message", event.getFormattedMessage());
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      line.add("thrown", ThrowableProxyUtil.asString(thrown));
    }
    return line.end();
  }
}
