package wagi.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wagi.Mutated;

/** Whatever bytes a client sends, only requests of a strict reader run, and answers are whole. */
@Timeout(value = 2, unit = TimeUnit.HOURS)
final class GateFuzzTest {
  private static final Pattern HEAD =
      Pattern.compile("HTTP/1\\.1 ([1-5][0-9]{2}) [ -~]*\r\n((?:[!-9;-~]+: [ -~]*\r\n)*)\r\n");
  private static final Pattern LENGTH = Pattern.compile("(?<![^\n])Content-Length: ([0-9]+)\r\n");

  private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String GET = "GET /one?q=1 HTTP/1.1\r\nHost: a\r\nX-A: b\r\n\r\n";
  private static final String POST =
      "POST /two HTTP/1.1\r\nHost: a:80\r\nContent-Length: "
          + SMUGGLED.length()
          + "\r\n\r\n"
          + SMUGGLED;
  private static final String CHUNKED =
      "PUT /three HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
          + Integer.toHexString(SMUGGLED.length())
          + ";x=y\r\n"
          + SMUGGLED
          + "\r\n0\r\nT: u\r\n\r\n";
  private static final String OLD = "GET /old HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
  private static final String EXPECTS =
      "POST /four HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc";
  private static final String ABSOLUTE = "DELETE http://a/five HTTP/1.1\r\nHost: a\r\n\r\n";

  /** What no request may be: a change elsewhere leaves it as it is. */
  private static final String BOTH =
      "PUT /six HTTP/1.1\r\nHost: a\r\nContent-Length: 13\r\nTransfer-Encoding: chunked\r\n\r\n3"
          + "\r\nabc\r\n0\r\n\r\n";

  private static final String BAD_CHUNK =
      "PUT /seven HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcX\n0\r\n\r\n";

  private static final List<String> EXAMPLES =
      List.of(
          BOTH + GET,
          GET + BOTH,
          BAD_CHUNK,
          GET + BAD_CHUNK,
          GET + GET,
          POST + GET,
          GET + POST + GET,
          CHUNKED + GET,
          GET + CHUNKED + SMUGGLED,
          OLD + GET,
          EXPECTS + GET,
          ABSOLUTE + POST,
          POST + POST,
          "\r\n" + GET + POST);

  private static final List<String> WORDS =
      List.of(
          "\r\n",
          "\n",
          "\r",
          "\r\n\r\n",
          "\0",
          " ",
          "\t",
          ":",
          ": ",
          "\u000b",
          "\u0085",
          "\u00a0",
          "Content-Length: 0\r\n",
          "Content-Length: 5\r\n",
          "Content-Length: +5\r\n",
          "Content-Length : 5\r\n",
          "Content-Length: 5, 5\r\n",
          "Content-Length: 0x5\r\n",
          "content-length: 99999999999999999999\r\n",
          "Content-Length:\r\n",
          "Content-Length: -1\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Transfer-Encoding: xchunked\r\n",
          "Transfer-Encoding : chunked\r\n",
          "Transfer-Encoding: chunked, identity\r\n",
          "Transfer-Encoding:\u000bchunked\r\n",
          "Transfer-Encoding: identity\r\n",
          " Transfer-Encoding: chunked\r\n",
          "X: y\r\n folded: z\r\n",
          "Host: b\r\n",
          "Connection: close\r\n",
          "Expect: 100-continue\r\n",
          "0\r\n\r\n",
          "5\r\nabcde\r\n",
          "5\n",
          "ffffffffffffffff\r\n",
          "-1\r\n",
          "+5\r\n",
          "5;\n",
          "5 5\r\n",
          "0x5\r\n",
          " HTTP/1.1",
          " HTTP/1.0",
          " HTTP/2.0",
          " HTTP/1.1 ",
          "PRI * HTTP/2.0\r\n",
          "/../",
          "%00",
          "%2e%2e/",
          "http://b/",
          "?",
          "#",
          "*",
          SMUGGLED);

  @Test
  void onlyWhatAStrictReaderFindsRunsAndEveryAnswerIsWhole() throws IOException {
    FuzzedServer.withstands(
        Mutated.texts(EXAMPLES, WORDS), GateFuzzTest::exchange, GateFuzzTest::ask);
  }

  private static int exchange(FuzzedServer fuzzed, byte[] bytes, SplittableRandom random)
      throws IOException {
    Received received = send(fuzzed.server(), bytes, random);
    List<String> ran = fuzzed.handler().since();
    List<String> allowed = HttpModel.requests(bytes);
    assertTrue(ran.size() <= allowed.size(), () -> "ran " + ran + ", sent " + allowed);
    assertEquals(allowed.subList(0, ran.size()), ran);
    checkAnswers(received, ran.size());
    return ran.size();
  }

  private static int ask(RunningServer server) throws IOException {
    try (RawClient client = server.connect()) {
      return client.send(GET).receive().status();
    }
  }

  /**
   * What came back.
   *
   * @param cut the server closed before it had read all, which may have cost us the end
   */
  private record Received(String text, boolean cut) {}

  private static Received send(RunningServer server, byte[] bytes, SplittableRandom random)
      throws IOException {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    boolean cut = false;
    try (RawClient client = server.connect()) {
      try {
        FuzzedServer.inPieces(bytes, random, client::send);
        client.endSending();
      } catch (SocketException e) {
        cut = true;
      }
      try {
        for (byte[] one = client.bytes(1); one.length > 0; one = client.bytes(1)) {
          received.write(one);
        }
      } catch (SocketException e) {
        cut = true;
      }
    }
    return new Received(received.toString(ISO_8859_1), cut);
  }

  private static void checkAnswers(Received received, int ran) {
    String rest = received.text();
    List<Integer> statuses = new ArrayList<>();
    boolean closing = false;
    while (!rest.isEmpty()) {
      Matcher head = HEAD.matcher(rest);
      if (!head.lookingAt() && received.cut()) {
        return;
      }
      assertTrue(head.lookingAt(), "no answer: " + rest);
      assertTrue(!closing, "an answer after the last: " + rest);
      int status = Integer.parseInt(head.group(1));
      Matcher length = LENGTH.matcher(head.group(2));
      int body = status == 100 ? 0 : length.find() ? Integer.parseInt(length.group(1)) : -1;
      assertTrue(body >= 0 && !length.find(), "an answer of unknown length: " + rest);
      assertTrue(received.cut() || head.end() + body <= rest.length(), "a cut answer: " + rest);
      closing = head.group(2).contains("Connection: close\r\n");
      rest = rest.substring(Math.min(rest.length(), head.end() + body));
      if (status != 100) {
        statuses.add(status);
      }
    }
    long answered = statuses.stream().filter(status -> status == 200).count();
    assertTrue(received.cut() || answered == ran, "ran " + ran + ", answers " + statuses);
    assertTrue(statuses.size() <= ran + 1, "ran " + ran + ", answers " + statuses);
  }
}
