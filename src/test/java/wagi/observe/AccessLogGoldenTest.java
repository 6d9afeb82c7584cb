package wagi.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import wagi.gateway.Answered;
import wagi.message.Body;
import wagi.message.Connection;
import wagi.message.Headers;
import wagi.message.Refusal;
import wagi.message.Request;
import wagi.message.Target;

/** What each format says of one request: common, combined, JSON. */
final class AccessLogGoldenTest {
  private static final Instant AT = Instant.parse("2000-10-10T20:55:36.042Z");
  private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");

  @TestFactory
  Stream<DynamicTest> accessLines() {
    return GoldenCases.in("access", AccessLogGoldenTest::everyFormat);
  }

  private static String everyFormat(String input) {
    return Stream.of(AccessFormat.COMMON, AccessFormat.COMBINED, AccessFormat.JSON)
        .map(format -> logged(format, input))
        .collect(Collectors.joining());
  }

  private static String logged(AccessFormat format, String input) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (AccessLog log = new AccessLog(format, ZONE, out)) {
      Map<String, String> fields = fields(input);
      if (fields.containsKey("refused")) {
        log.refused(refusal(fields, headers(input)));
      } else {
        log.finished(answered(fields, headers(input)));
      }
    }
    return out.toString(UTF_8);
  }

  private static Answered answered(Map<String, String> fields, Headers headers) {
    String[] line = fields.getOrDefault("request", "").split(" ", 3);
    String[] target = line[1].split("\\?", 2);
    Request request =
        new Request(
            "7d1f",
            line[0],
            new Target(target[0], target.length == 2 ? target[1] : null),
            line[2],
            headers,
            Body.EMPTY,
            connection(fields));
    String[] answer = fields.getOrDefault("answered", "").split(" ", 3);
    return new Answered(
        request,
        fields.get("module"),
        fields.get("route"),
        Integer.parseInt(answer[0]),
        Long.parseLong(answer[1]),
        AT,
        Duration.ofNanos(1_234_567),
        answer[2]);
  }

  private static Refusal refusal(Map<String, String> fields, Headers headers) {
    String[] refused = fields.getOrDefault("refused", "").split(" ", 2);
    return new Refusal(
        "7d1f",
        connection(fields),
        fields.getOrDefault("request", ""),
        headers,
        Integer.parseInt(refused[0]),
        refused[1],
        AT);
  }

  private static Connection connection(Map<String, String> fields) {
    try {
      InetAddress remote = InetAddress.getByName(fields.getOrDefault("remote", "127.0.0.1"));
      return new Connection(
          "http", new InetSocketAddress(remote, 40000), new InetSocketAddress(3000));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Reads {@code name = value} lines; {@code Name: value} lines are the request's headers. */
  private static Map<String, String> fields(String input) {
    Map<String, String> fields = new TreeMap<>();
    for (String line : input.split("\n", -1)) {
      String[] parts = line.split(" = ", 2);
      if (parts.length == 2) {
        fields.put(parts[0], GoldenCases.unescape(parts[1]));
      }
    }
    return fields;
  }

  private static Headers headers(String input) {
    Headers.Builder headers = Headers.builder();
    for (String line : input.split("\n", -1)) {
      String[] parts = line.split(": ", 2);
      if (parts.length == 2 && !parts[0].contains(" ")) {
        headers.add(parts[0], GoldenCases.unescape(parts[1]));
      }
    }
    return headers.build();
  }
}
