package wagi.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the commands of src/test/resources/cli. A case is a command line and what it is given on
 * standard input, then behind lines of dashes what it prints, what it says on standard error, and
 * its exit code. {@code ~} stands for the project's directory, {@code N} for a time.
 */
final class CommandGoldenTest {
  private static final Path CASES = Path.of("src/test/resources/cli");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|([^ ]+)");
  private static final String PROJECT = Path.of("").toAbsolutePath().toString();

  @TestFactory
  Stream<DynamicTest> commandPrintsItsGoldenText() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.filter(file -> file.toString().endsWith(".clitest")).sorted().toList().stream()
          .map(file -> dynamicTest(name(file), () -> check(file)));
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".clitest", "");
  }

  private static void check(Path file) throws IOException {
    String text = Files.readString(file);
    String given = text.substring(0, text.indexOf("---\n"));
    String command = given.substring(0, given.indexOf('\n'));
    CommandRun run = CommandRun.of(words(command), given.substring(command.length() + 1));

    assertEquals(text, given + golden(run));
  }

  private static String golden(CommandRun run) {
    return "---\n"
        + line(run.out())
        + "---\n"
        + line(run.err())
        + "---\nexit "
        + run.exitCode()
        + "\n";
  }

  private static String line(String text) {
    String known =
        text.replace(PROJECT, "~")
            .replaceAll("\\d+\\.\\d ms", "N ms")
            .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "N");
    return known.isEmpty() || known.endsWith("\n") ? known : known + "\n";
  }

  private static List<String> words(String command) {
    return WORD.matcher(command)
        .results()
        .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
        .toList();
  }
}
