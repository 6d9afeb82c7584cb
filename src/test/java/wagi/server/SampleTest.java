package wagi.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every sample answers what the table of samples/README.md says. */
final class SampleTest {
  private static final Pattern ROW = Pattern.compile("\\| (`/.*) \\| (.*) \\|");
  private static final Pattern CODE_SPAN = Pattern.compile("`([^`]+)`");
  private static final Path SAMPLES = Path.of("samples");
  private static final ServerLog LOG = new ServerLog();
  private static final TestServer SERVER =
      LOG.of(() -> TestServer.configured(Path.of("samples/modules.toml")));

  /** A command of the table, its status, and what the answer or the log must hold. */
  private record Case(String command, int status, List<String> parts) {}

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @TestFactory
  Stream<DynamicTest> sampleAnswersAsItsTableSays() throws IOException {
    return cases().stream().map(wanted -> dynamicTest(wanted.command(), () -> check(wanted)));
  }

  @Test
  void everyRouteOfTheModuleMapIsInTheTable() throws IOException {
    List<String> commands = cases().stream().map(Case::command).toList();
    for (Assembly.RouteLine line : SERVER.server().assembly().routeLines()) {
      String route = line.route().replace("/...", "");
      assertTrue(
          commands.stream().anyMatch(command -> command.startsWith(route)),
          () -> "no command for " + line.route());
    }
  }

  private static List<Case> cases() throws IOException {
    return Files.readString(SAMPLES.resolve("README.md"))
        .lines()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .flatMap(row -> cases(spans(row.group(1)), row.group(2)))
        .toList();
  }

  /** As many answers as commands belong together; otherwise every command has all of them. */
  private static Stream<Case> cases(List<String> commands, String answer) {
    Matcher number = Pattern.compile("(\\d{3})\\b.*").matcher(answer);
    int status = number.matches() ? Integer.parseInt(number.group(1)) : 200;
    List<String> parts = spans(answer);
    boolean paired = commands.size() > 1 && commands.size() == parts.size();
    return IntStream.range(0, commands.size())
        .mapToObj(i -> new Case(commands.get(i), status, paired ? List.of(parts.get(i)) : parts));
  }

  private static List<String> spans(String text) {
    return CODE_SPAN.matcher(text).results().map(span -> span.group(1)).toList();
  }

  private static void check(Case wanted) throws IOException {
    RawAnswer answer = RawHttp.exchange(SERVER.address(), Curl.request(wanted.command()));

    assertEquals(wanted.status(), answer.status(), answer.head());
    assertTrue(answer.whole(), answer.head());
    String body = new String(answer.body().getBytes(ISO_8859_1), UTF_8);
    for (String part : wanted.parts()) {
      String text = answer.head() + "\n" + body + "\n" + LOG.text();
      String expected = fileOr(part);
      assertTrue(text.contains(expected), () -> "lacks '" + expected + "':\n" + text);
    }
  }

  /** The table names a file for a long answer. */
  private static String fileOr(String part) throws IOException {
    Path file = SAMPLES.resolve(part);
    boolean named = part.matches("[a-z/]+\\.[a-z]+") && Files.isRegularFile(file);
    return named ? Files.readString(file) : part;
  }
}
