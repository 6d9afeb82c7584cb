package wagi.cgi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import wagi.cgi.CgiResponse.Defect;
import wagi.cgi.CgiResponse.Head;
import wagi.cgi.CgiResponse.Malformed;
import wagi.route.GoldenCase;

/**
 * Each case has the bytes a guest prints, with escapes (its line ends are none of them); and the
 * response, or why it is none. Each is read in one piece, in two pieces split at every position,
 * and byte by byte, with the same result.
 */
final class CgiOutputTest {
  private static final int LIMIT = 256;

  @TestFactory
  Stream<DynamicTest> outputBecomesResponse() {
    return GoldenCase.in("cgi/output", CgiOutputTest::check);
  }

  private static void check(GoldenCase golden) {
    byte[] printed = GoldenCase.bytes(golden.input().replace("\n", ""));
    assertEquals(golden.expected(), readWhole(printed, LIMIT));
    checkSplit(printed, golden.expected());
  }

  private static void checkSplit(byte[] printed, String expected) {
    for (int split = 0; split < printed.length; split++) {
      String inTwo = read(printed, LIMIT, split, printed.length);
      assertEquals(expected, inTwo, "split at " + split);
    }
    String byBytes = read(printed, LIMIT, Math.min(1, printed.length), 1);
    assertEquals(expected, byBytes, "byte by byte");
  }

  private static String readWhole(byte[] printed, int limit) {
    return read(printed, limit, printed.length, 0);
  }

  private static String read(byte[] printed, int limit, int firstLength, int otherLength) {
    CgiOutput output = new CgiOutput(limit);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    CgiResponse response = new CgiResponse.Collecting();
    int from = 0;
    int length = firstLength;
    do {
      if (response instanceof CgiResponse.Collecting) {
        response = output.feed(printed, from, length);
        int bodyStart = response instanceof Head head ? head.bodyStart() : from + length;
        body.write(printed, bodyStart, from + length - bodyStart);
      } else {
        body.write(printed, from, length);
      }
      from += length;
      length = Math.min(otherLength, printed.length - from);
    } while (from < printed.length);
    if (response instanceof CgiResponse.Collecting) {
      response = output.finish();
    }
    return text(response, body.toByteArray());
  }

  private static String text(CgiResponse response, byte[] body) {
    return switch (response) {
      case CgiResponse.Collecting _ -> "collecting\n";
      case Malformed(Defect defect, String sentence) -> defect + ": " + sentence + "\n";
      case Head head when body.length == 0 -> text(head);
      case Head head -> text(head) + "\n" + GoldenCase.escaped(body) + "\n";
    };
  }

  private static String text(Head head) {
    StringBuilder text = new StringBuilder().append(head.status()).append('\n');
    for (int i = 0; i < head.headers().size(); i++) {
      String value =
          GoldenCase.escaped(head.headers().value(i).getBytes(StandardCharsets.ISO_8859_1));
      text.append(head.headers().name(i)).append(": ").append(value).append('\n');
    }
    if (head.contentLength() >= 0) {
      text.append("(length ").append(head.contentLength()).append(")\n");
    }
    head.ignored().forEach(line -> text.append("(ignored ").append(line).append(")\n"));
    return text.toString();
  }

  @Test
  void randomOutputReadsTheSameInWhateverPieces() {
    String[] parts = {
      "\n",
      "\r\n",
      "\r",
      ":",
      " ",
      "a",
      "Status",
      "404 no",
      "Location",
      "Content-Type",
      "x: y\n",
      "\u00e9",
      "\t",
      "\0",
      "content-length: 3\n"
    };
    Random random = new Random(3875);
    for (int run = 0; run < 2000; run++) {
      StringBuilder printed = new StringBuilder();
      for (int part = random.nextInt(14); part > 0; part--) {
        printed.append(parts[random.nextInt(parts.length)]);
      }
      byte[] bytes =
          printed.toString().getBytes(run % 2 == 0 ? UTF_8 : StandardCharsets.ISO_8859_1);
      checkSplit(bytes, readWhole(bytes, LIMIT));
    }
  }

  @Test
  void blockMayBeAsLongAsTheLimitAndNoLonger() {
    byte[] printed = "Content-Type: a\n\nbody".getBytes(UTF_8);
    int block = printed.length - 4;
    String tooLong = "BLOCK_TOO_LONG: the header block must not be longer than 16 bytes; ";

    for (int split = 0; split < printed.length; split++) {
      assertEquals("200\nContent-Type: a\n\nbody\n", read(printed, block, split, printed.length));
      assertEquals(
          tooLong + "is the empty line after it missing? limits.output_header raises it\n",
          read(printed, block - 1, split, printed.length));
    }
  }

  @Test
  void aThousandLinesAreReadAndNotOneMore() {
    byte[] thousand = ("Status: 200\n" + "a:\n".repeat(999) + "\n").getBytes(UTF_8);
    byte[] more = ("Status: 200\n" + "a:\n".repeat(1000) + "\n").getBytes(UTF_8);
    int limit = 64 * 1024;

    Head head =
        assertInstanceOf(Head.class, new CgiOutput(limit).feed(thousand, 0, thousand.length));
    assertEquals(999, head.headers().size());
    assertEquals(
        "TOO_MANY_LINES: the header block must not have more than 1000 lines\n",
        readWhole(more, limit));
  }

  @Test
  void ignoredLinesAreKeptFewAndShort() {
    byte[] printed = ("Status: 200\n" + ("x".repeat(500) + "\n").repeat(20) + "\n").getBytes(UTF_8);
    Head head =
        assertInstanceOf(Head.class, new CgiOutput(1 << 16).feed(printed, 0, printed.length));

    assertEquals(10, head.ignored().size());
    assertEquals('"' + "x".repeat(120) + "...\"", head.ignored().getFirst());
  }

  @Test
  void onlyTheGivenPartOfAnArrayIsRead() {
    byte[] printed = "XXStatus: 204\n\nYY".getBytes(UTF_8);
    Head head = assertInstanceOf(Head.class, new CgiOutput(LIMIT).feed(printed, 2, 14));

    assertEquals(204, head.status());
    assertEquals(15, head.bodyStart());
  }

  @Test
  void nothingIsReadAfterTheHead() {
    byte[] printed = "Status: 204\n\n".getBytes(UTF_8);
    CgiOutput output = new CgiOutput(LIMIT);
    output.feed(printed, 0, printed.length);

    assertThrows(IllegalStateException.class, () -> output.feed(printed, 0, printed.length));
    assertThrows(IllegalStateException.class, output::finish);
  }
}
