package wagi.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import wagi.message.Failure;
import wagi.message.Incident;
import wagi.message.IncidentKind;
import wagi.message.Limit;

/** What the log says of incidents, second by second. */
final class IncidentLogTest {
  private static final Pattern TIME = Pattern.compile("(?m)^\\S+Z ");

  private final LoggerContext context = new LoggerContext();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /**
   * Each line of a case: {@code N KIND MODULE} for so many incidents ({@code -} for no module),
   * {@code seconds N} for so many that pass, or {@code close}.
   */
  @TestFactory
  Stream<DynamicTest> lines() {
    return GoldenCases.in("incidents", input -> new IncidentLogTest().said(input));
  }

  private IncidentLog log() {
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.start();
    Logging.configure(context, LogLevel.INFO, LogFormat.TEXT, err);
    return new IncidentLog(context.getLogger("wagi.gateway"), context.getLogger("wagi.http"));
  }

  private String said(String input) {
    try (IncidentLog log = log()) {
      for (String line : input.lines().toList()) {
        follow(log, line.split(" "));
      }
      return said();
    }
  }

  private String said() {
    return TIME.matcher(err.toString(UTF_8)).replaceAll("");
  }

  private static void follow(IncidentLog log, String[] words) {
    switch (words[0]) {
      case "seconds" ->
          IntStream.range(0, Integer.parseInt(words[1])).forEach(i -> log.secondEnds());
      case "close" -> log.close();
      default -> {
        int count = Integer.parseInt(words[0]);
        IntStream.rangeClosed(1, count).forEach(i -> log.happened(incident(words, i)));
      }
    }
  }

  private static Incident incident(String[] words, int number) {
    IncidentKind kind = kind(words[1].toUpperCase(Locale.ROOT));
    String sentence = "does " + words[1] + " " + number;
    return words[2].equals("-")
        ? new Incident(kind, null, null, null, sentence)
        : new Incident(kind, words[2], "/" + words[2], "7d1f", sentence);
  }

  private static IncidentKind kind(String name) {
    return Stream.of(Failure.values()).anyMatch(failure -> failure.name().equals(name))
        ? Failure.valueOf(name)
        : Limit.valueOf(name);
  }

  @Test
  void everyIncidentOfACrowdIsALineOrCounted() {
    IncidentLog log = log();
    Incident incident = incident(new String[] {"", "trap", "hello"}, 1);
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int t = 0; t < 8; t++) {
        threads.execute(() -> IntStream.range(0, 1000).forEach(i -> log.happened(incident)));
      }
    }
    log.secondEnds();

    assertEquals(IncidentLog.LINES + 1, said().lines().count());
    assertEquals(
        "WARN  wagi.gateway: module hello ... and 7,990 more of the kind trap in the last second",
        said().lines().toList().getLast());
  }

  @Test
  void nothingIsKeptOfAQuietSecond() {
    IncidentLog log = log();
    log.happened(incident(new String[] {"", "trap", "hello"}, 1));
    log.happened(incident(new String[] {"", "timeout", "hello"}, 1));
    log.happened(incident(new String[] {"", "timeout", "other"}, 1));
    assertEquals(3, log.size());
    log.secondEnds();

    assertEquals(0, log.size());
  }
}
