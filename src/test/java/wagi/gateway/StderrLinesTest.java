package wagi.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class StderrLinesTest {
  private static final int MAX = StderrLines.MAX_LINE_BYTES;

  /** What the guest writes, a char per byte, and the lines that come of it. */
  private static final Map<String, List<String>> CASES =
      Map.of(
          "nothing", List.of(),
          "hello\n", List.of("hello"),
          "a\nb\n", List.of("a", "b"),
          "a\npartial last line", List.of("a", "partial last line"),
          "\n\n", List.of("", ""),
          "a\r\nb\r\rc\n\r", List.of("a", "b\r\rc", ""),
          "\u00c3\u00bc \u00e2\u0082\u00ac \u00f0\u009f\u0098\u0080\n", List.of("ü € 😀"),
          "\u00ff a\u00c3\n\u0080\u00e2\u0082", List.of("\ufffd a\ufffd", "\ufffd\ufffd"),
          "\0\u001b[1m\n", List.of("\0\u001b[1m"));

  @TestFactory
  Stream<DynamicTest> linesAreTheSameWhereverTheBytesAreSplit() {
    return CASES.entrySet().stream()
        .map(
            entry -> {
              String said = entry.getKey().equals("nothing") ? "" : entry.getKey();
              byte[] bytes = said.getBytes(ISO_8859_1);
              return dynamicTest(
                  said.isEmpty() ? "nothing" : said.replaceAll("[^ -~]", "."),
                  () -> assertSplitAnywhere(bytes, full(entry.getValue())));
            });
  }

  @Test
  void lineOfTheLimitIsNotCut() {
    assertEquals(full(List.of("x".repeat(MAX))), lines(bytes("x".repeat(MAX) + "\n"), MAX));
  }

  @Test
  void lineOverTheLimitIsCutAndGoesOn() {
    List<String> expected = List.of("P " + "x".repeat(MAX), "F x");

    assertEquals(expected, lines(bytes("x".repeat(MAX + 1) + "\n"), 1));
    assertEquals(expected, lines(bytes("x".repeat(MAX + 1) + "\n"), 100_000));
  }

  @Test
  void veryLongLineIsCutAgainAndAgain() {
    List<String> lines = lines(bytes("x".repeat(3 * MAX)), 100);

    assertEquals(3, lines.size());
    assertEquals(List.of("P", "P", "F"), lines.stream().map(line -> line.substring(0, 1)).toList());
  }

  @Test
  void cutNeverSplitsACharacter() {
    for (String character : List.of("ü", "€", "😀")) {
      int size = bytes(character).length;
      for (int before = MAX - size; before <= MAX; before++) {
        String said = "x".repeat(before) + character + "yyyy";

        String rejoined =
            String.join("", lines(bytes(said), 1000).stream().map(l -> l.substring(2)).toList());

        assertEquals(said, rejoined);
      }
    }
  }

  @Test
  void bytesThatAreNoCharacterAreCutWhereTheLimitIs() {
    byte[] continuations = "\u0080".repeat(MAX + 1).getBytes(ISO_8859_1);

    assertEquals(
        List.of("P " + "\ufffd".repeat(MAX), "F \ufffd"),
        lines(continuations, continuations.length));
  }

  @Test
  void lastLinesAreKeptForTheErrorPage() {
    StderrLines lines = new StderrLines("id", "m", "/", (id, module, route, text, cut) -> {});
    IntStream.range(0, 50).forEach(i -> write(lines, i + "\n"));

    assertEquals(IntStream.range(30, 50).mapToObj(Integer::toString).toList(), lines.last());
  }

  @Test
  void fewerLinesAreAllKept() {
    StderrLines lines = new StderrLines("id", "m", "/", (id, module, route, text, cut) -> {});
    write(lines, "a\nb");
    lines.end();

    assertEquals(List.of("a", "b"), lines.last());
  }

  @Test
  void listenerHearsWhoSpoke() {
    List<String> heard = new ArrayList<>();
    StderrLines lines =
        new StderrLines(
            "7d1f",
            "hello",
            "/hello/...",
            (id, module, route, text, cut) -> heard.add(id + " " + module + " " + route));

    write(lines, "x\n");

    assertEquals(List.of("7d1f hello /hello/..."), heard);
  }

  private static void assertSplitAnywhere(byte[] bytes, List<String> expected) {
    for (int first = 0; first <= bytes.length; first++) {
      for (int second = first; second <= bytes.length; second++) {
        List<String> heard = new ArrayList<>();
        StderrLines lines = recorded(heard);
        lines.write(bytes, 0, first);
        lines.write(bytes, first, second - first);
        lines.write(bytes, second, bytes.length - second);
        lines.end();
        assertEquals(expected, heard, "split at " + first + " and " + second);
      }
    }
  }

  private static List<String> lines(byte[] bytes, int chunk) {
    List<String> heard = new ArrayList<>();
    StderrLines lines = recorded(heard);
    for (int from = 0; from < bytes.length; from += chunk) {
      lines.write(bytes, from, Math.min(chunk, bytes.length - from));
    }
    lines.end();
    return heard;
  }

  private static StderrLines recorded(List<String> heard) {
    return new StderrLines(
        "id", "m", "/", (id, module, route, text, cut) -> heard.add((cut ? "P " : "F ") + text));
  }

  private static List<String> full(List<String> lines) {
    return lines.stream().map(line -> "F " + line).toList();
  }

  private static void write(StderrLines lines, String text) {
    lines.write(bytes(text), 0, bytes(text).length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
