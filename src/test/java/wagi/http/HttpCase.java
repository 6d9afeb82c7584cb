package wagi.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A case of {@code src/test/resources/http}: bytes on a socket, and what comes back.
 *
 * <pre>
 * === name of the case
 * # a remark
 * GET / HTTP/1.1\r\n          bytes; lines are joined; \r \n \t \\ \xHH; {a*500} repeats
 * ---
 * HTTP/1.1 200 OK             the status line, or: closed (without an answer)
 * Name: value                 a header line that is there
 * !Name                       a header that is not there
 * > text                      a line of the body
 * !> text                     a text that is nowhere in the body
 * closed                      the server closes afterwards; without this it must answer another
 * </pre>
 *
 * @param file that it is in
 */
record HttpCase(String file, String name, String request, List<String> expected) {
  private static final Path CASES = Path.of("src/test/resources/http");
  private static final Pattern REPEAT = Pattern.compile("\\{([^*{}]+)\\*([0-9]+)}");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(x[0-9a-fA-F]{2}|[rnt\\\\])");

  static List<HttpCase> all() throws IOException {
    List<HttpCase> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(CASES)) {
      for (Path file : files.sorted().toList()) {
        for (String text : Files.readString(file).split("(?m)^=== ", -1)) {
          if (!text.isBlank() && !text.startsWith("#")) {
            cases.add(parse(file.getFileName().toString(), text));
          }
        }
      }
    }
    return cases;
  }

  private static HttpCase parse(String file, String text) {
    StringBuilder request = new StringBuilder();
    List<String> expected = new ArrayList<>();
    List<String> lines = text.lines().toList();
    boolean answer = false;
    for (String line : lines.subList(1, lines.size())) {
      if (line.startsWith("---")) {
        answer = true;
      } else if (answer) {
        if (!line.isBlank()) {
          expected.add(line);
        }
      } else if (!line.startsWith("#")) {
        request.append(line);
      }
    }
    return new HttpCase(file, lines.getFirst(), unescape(request.toString()), expected);
  }

  private static String unescape(String text) {
    String repeated =
        REPEAT
            .matcher(text)
            .replaceAll(
                m -> Matcher.quoteReplacement(m.group(1).repeat(Integer.parseInt(m.group(2)))));
    return ESCAPE.matcher(repeated).replaceAll(m -> Matcher.quoteReplacement(escaped(m.group(1))));
  }

  private static String escaped(String escape) {
    return switch (escape.charAt(0)) {
      case 'r' -> "\r";
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'x' -> String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
      default -> "\\";
    };
  }

  boolean isHead() {
    return request.startsWith("HEAD");
  }
}
