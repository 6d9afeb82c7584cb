package wagi.benchmarks.soak;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A kind of request and what must come back.
 *
 * @param check what is wrong with an answer, or empty
 */
record Visit(String name, byte[] request, Function<Arrived, String> check) {
  /** An answer, and the versions that it may be of. */
  record Arrived(Connection.Answer answer, long millis, int least, int most) {}

  /** As the module map has them. */
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private static final Duration LOOP_DEADLINE = Duration.ofSeconds(1);

  /** Which a request may spend before its guest starts, and a second for the way. */
  private static final Duration QUEUE_TIMEOUT = Duration.ofSeconds(5 + 1);

  /** One that is spooled to a file on its way. */
  private static final String UPLOAD = "0123456789abcdef".repeat(6 * 1024);

  private static final Pattern VERSION =
      Pattern.compile("(?:SOAK_VERSION ?=|version =|again =) ?(\\d{6})");

  static final List<Visit> POLITE =
      List.of(
          get("versioned", arrived -> ofOneVersion(arrived, 3)),
          get("environment", arrived -> ofOneVersion(arrived, 1)),
          get("versioned", arrived -> ofOneVersion(arrived, 3)),
          get("hello", arrived -> exactly(arrived.answer(), "hello world\n")),
          get("versioned", arrived -> ofOneVersion(arrived, 3)),
          get("environment", arrived -> ofOneVersion(arrived, 1)),
          get("versioned", arrived -> ofOneVersion(arrived, 3)),
          post("echo", UPLOAD));

  static final List<Visit> HOSTILE =
      List.of(
          get("loop", Visit::stoppedOrBusy),
          refused("recurse", 500, DEADLINE),
          refused("allocate", 500, DEADLINE),
          get("flood", Visit::brokenOff),
          refused("flood-header", 502, DEADLINE),
          refused("trap", 500, DEADLINE),
          refused("exit", 500, DEADLINE));

  private static Visit get(String name, Function<Arrived, String> check) {
    return new Visit(name, request("GET /" + name, ""), check);
  }

  private static Visit refused(String name, int status, Duration deadline) {
    return get(
        name,
        arrived ->
            arrived.answer().status() != status || !arrived.answer().whole()
                ? "expected " + status + ", found " + brief(arrived.answer())
                : late(arrived, deadline));
  }

  /** Loops that hold all places of their own module let later ones find it busy. */
  private static String stoppedOrBusy(Arrived arrived) {
    boolean told = arrived.answer().status() == 504 || arrived.answer().status() == 503;
    return told && arrived.answer().whole()
        ? late(arrived, LOOP_DEADLINE)
        : "expected 504 or 503, found " + brief(arrived.answer());
  }

  private static Visit post(String name, String body) {
    return new Visit(
        name, request("POST /" + name, body), arrived -> exactly(arrived.answer(), body));
  }

  private static byte[] request(String start, String body) {
    return (start
            + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: soak\r\n"
            + (body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n")
            + "\r\n"
            + body)
        .getBytes(ISO_8859_1);
  }

  private static String exactly(Connection.Answer answer, String body) {
    boolean same = answer.status() == 200 && answer.whole() && answer.body().equals(body);
    return same ? "" : "expected " + body.length() + " certain bytes, found " + brief(answer);
  }

  /** A body had begun, and its end is missing. */
  private static String brokenOff(Arrived arrived) {
    Connection.Answer answer = arrived.answer();
    boolean so = answer.status() == 200 && !answer.whole();
    return so
        ? late(arrived, DEADLINE)
        : "expected a body that is broken off, found " + brief(answer);
  }

  private static String late(Arrived arrived, Duration deadline) {
    long most = deadline.plus(QUEUE_TIMEOUT).toMillis();
    return arrived.millis() <= most
        ? ""
        : "expected within " + most + " ms, came after " + arrived.millis();
  }

  private static String ofOneVersion(Arrived arrived, int mentions) {
    Connection.Answer answer = arrived.answer();
    List<Integer> versions = VERSION.matcher(answer.body()).results().map(Visit::version).toList();
    boolean right =
        answer.status() == 200
            && answer.whole()
            && versions.size() == mentions
            && versions.stream().distinct().count() == 1
            && versions.getFirst() >= arrived.least()
            && versions.getFirst() <= arrived.most();
    return right
        ? ""
        : String.format(
            "expected one version from %d to %d, found %s in %s",
            arrived.least(), arrived.most(), versions, brief(answer));
  }

  private static int version(MatchResult found) {
    return Integer.parseInt(found.group(1));
  }

  private static String brief(Connection.Answer answer) {
    String body = answer.body().replaceAll("[^ -~]+", " ");
    return answer.status()
        + (answer.whole() ? " with " : " with, broken off, ")
        + answer.body().length()
        + " bytes: "
        + body.substring(0, Math.min(100, body.length()));
  }
}
