package wagi.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.slf4j.event.KeyValuePair;

/** What the server's log says of one event: as text, as JSON. */
final class LogGoldenTest {
  private static final Instant AT = Instant.parse("2026-11-21T11:22:33.123456Z");

  @TestFactory
  Stream<DynamicTest> serverLog() {
    return GoldenCases.in(
        "log", input -> encoded(LogFormat.TEXT, input) + encoded(LogFormat.JSON, input));
  }

  private static String encoded(LogFormat format, String input) {
    return new String(new LogEncoder(format, false).encode(event(input)), UTF_8);
  }

  /** Reads level and logger, then {@code name=value} lines, then the message. */
  private static LoggingEvent event(String input) {
    List<String> lines = input.lines().map(GoldenCases::unescape).toList();
    String[] head = lines.getFirst().split(" ", 2);
    List<String> pairs = lines.subList(1, lines.size() - 1);
    LoggingEvent event =
        new LoggingEvent(
            "",
            new LoggerContext().getLogger(head[1]),
            Level.valueOf(head[0]),
            lines.getLast(),
            thrown(pairs),
            null);
    event.setInstant(AT);
    for (String pair : pairs) {
      String[] parts = pair.split("=", 2);
      if (!parts[0].equals("thrown")) {
        event.addKeyValuePair(new KeyValuePair(parts[0], parts[1]));
      }
    }
    return event;
  }

  private static @Nullable Throwable thrown(List<String> pairs) {
    return pairs.stream()
        .filter(pair -> pair.startsWith("thrown="))
        .map(pair -> new IllegalStateException(pair.substring("thrown=".length())))
        .peek(thrown -> thrown.setStackTrace(new StackTraceElement[0]))
        .findFirst()
        .orElse(null);
  }
}
