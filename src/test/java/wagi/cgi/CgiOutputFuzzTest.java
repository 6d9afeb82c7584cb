package wagi.cgi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wagi.Fuzz;
import wagi.Mutated;
import wagi.cgi.CgiResponse.Head;
import wagi.cgi.CgiResponse.Malformed;
import wagi.message.Headers;
import wagi.route.GoldenCase;

/** Whatever a guest prints is a response or a defect, and nothing of it becomes another header. */
@Timeout(value = 2, unit = TimeUnit.HOURS)
final class CgiOutputFuzzTest {
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern HOP =
      Pattern.compile("(?i)TE|Trailer|Upgrade|Connection|Keep-Alive|Transfer-Encoding|Proxy-.*");
  private static final int LONGEST_SENTENCE = 600;

  private static final List<String> WORDS =
      List.of(
          "\n",
          "\r\n",
          "\n\n",
          "\r",
          "\0",
          "\u0001",
          "\u007f",
          "\t",
          " ",
          ":",
          ": ",
          "\u000b",
          "Status: ",
          "Status: 404 x\n",
          "200",
          "999",
          "Location: /\n",
          "Content-Type: text/plain",
          "Content-Length: 3\n",
          "Content-Length: -1\n",
          "Transfer-Encoding: chunked\n",
          "Connection: x\n",
          "Set-Cookie: a=b",
          "\u00e9",
          "\u00c3\u00a9",
          "\u00c0\u0080",
          "\u00ed\u00a0\u0080",
          "\u00c2\u0085",
          "\u00e2\u0080\u00a8",
          "a: b\r",
          "\r\r\n",
          " a: b\n");

  /** What was read, the body one char a byte. */
  private record Read(CgiResponse response, String body) {}

  @Test
  void anyOutputInAnyPiecesIsTheSameResponseOrDefect() {
    List<String> examples =
        GoldenCase.inputs("cgi/output").stream()
            .map(input -> GoldenCase.octets(input.replace("\n", "")))
            .toList();
    Mutated outputs = Mutated.texts(examples, WORDS);
    Fuzz.bytes(4_000, outputs, CgiOutputFuzzTest::check);
  }

  @Test
  void noiseIsAResponseOrDefect() {
    Fuzz.bytes(
        2000, random -> Mutated.noise(random.nextInt(300), random), CgiOutputFuzzTest::check);
  }

  private static void check(byte[] printed, SplittableRandom random) {
    int limit = random.nextInt(4) == 0 ? 1 + random.nextInt(200) : 64 << 10;
    Read whole = read(printed, limit, printed.length + 1, random);
    for (int most : new int[] {1, 2, 9, 1000}) {
      Read pieces = read(printed, limit, most, random);
      assertEquals(text(whole), text(pieces), "in pieces of up to " + most);
    }
    switch (whole.response()) {
      case CgiResponse.Collecting _ -> throw new AssertionError("it never ends");
      case Malformed malformed -> checkSentence(malformed.sentence());
      case Head head -> checkHead(head);
    }
    if (whole.response() instanceof Head) {
      assertTrue(printed.length - whole.body().length() <= limit, "a block over the limit");
    }
  }

  /** Feeds pieces out of an array that is used again, as the engine does. */
  private static Read read(byte[] printed, int limit, int most, SplittableRandom random) {
    CgiOutput output = new CgiOutput(limit);
    CgiResponse response = new CgiResponse.Collecting();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int from = 0; from < printed.length; ) {
      int length = Math.min(printed.length - from, most == 1 ? 1 : random.nextInt(most));
      int offset = random.nextInt(3);
      byte[] piece = new byte[offset + length + random.nextInt(3)];
      Arrays.fill(piece, (byte) '\n');
      System.arraycopy(printed, from, piece, offset, length);
      int bodyStart = offset;
      if (response instanceof CgiResponse.Collecting) {
        response = output.feed(piece, offset, length);
        bodyStart = response instanceof Head head ? head.bodyStart() : offset + length;
      }
      assertTrue(bodyStart >= offset && bodyStart <= offset + length, "body at " + bodyStart);
      body.write(piece, bodyStart, offset + length - bodyStart);
      Arrays.fill(piece, (byte) 'x');
      from += length;
    }
    if (response instanceof CgiResponse.Collecting) {
      response = output.finish();
    }
    return new Read(response, body.toString(ISO_8859_1));
  }

  /** Where in its piece a body began is different. */
  private static String text(Read read) {
    return read.response() instanceof Head head
        ? new Head(head.status(), Headers.none(), head.contentLength(), 0, head.ignored())
            + head.headers().toString()
            + read.body()
        : read.response().toString();
  }

  private static void checkHead(Head head) {
    assertTrue(head.status() >= 200 && head.status() <= 599, "status " + head.status());
    assertTrue(head.contentLength() >= -1, "length " + head.contentLength());
    Headers headers = head.headers();
    assertTrue(headers.size() <= 1000, "fields " + headers.size());
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i);
      assertTrue(TOKEN.matcher(name).matches(), "name " + name);
      assertFalse(HOP.matcher(name).matches(), "about the connection: " + name);
      assertFalse(name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("Status"), name);
      String value = headers.value(i);
      assertTrue(value.chars().allMatch(CgiOutputFuzzTest::mayStandInAHeader), "value of " + name);
    }
    assertTrue(head.ignored().size() <= 10, "ignored " + head.ignored().size());
    head.ignored().forEach(CgiOutputFuzzTest::checkSentence);
  }

  private static boolean mayStandInAHeader(int c) {
    return c == '\t' || (c >= ' ' && c != 0x7f && c <= 0xff);
  }

  /** For a log: a line, and not a long one. */
  private static void checkSentence(String sentence) {
    assertTrue(sentence.length() <= LONGEST_SENTENCE, "a long sentence: " + sentence);
    assertTrue(sentence.chars().noneMatch(c -> Character.isISOControl(c)), sentence);
  }
}
