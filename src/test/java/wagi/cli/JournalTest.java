package wagi.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command says where its standard error leads to the journal: a file stands for it. */
final class JournalTest {
  private static final String CASES = "src/test/resources/cli/";

  private final Path journal;

  JournalTest(@TempDir Path directory) throws IOException {
    journal = Files.createFile(directory.resolve("journal"));
  }

  private List<String> said(String stream, int exitCode, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "wagi.cli.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(journal.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    builder.environment().put("JOURNAL_STREAM", stream);
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
      assertEquals(exitCode, process.exitValue(), () -> "exit code");
      return Files.readAllLines(journal);
    } finally {
      process.destroyForcibly();
    }
  }

  private String stream() throws IOException {
    Map<String, Object> file = Files.readAttributes(journal, "unix:dev,ino");
    return file.get("dev") + ":" + file.get("ino");
  }

  @Test
  void badConfigurationIsAnErrorInTheJournal() throws Exception {
    List<String> lines = said(stream(), 3, "--config", CASES + "ten-mistakes.toml");
    assertTrue(lines.size() > 2, lines.toString());
    assertTrue(lines.stream().allMatch(line -> line.startsWith("<3>")), lines.toString());
    assertTrue(lines.getLast().startsWith("<3>wagi-server: "), lines.toString());
  }

  @Test
  void wrongUsageIsAnErrorInTheJournal() throws Exception {
    List<String> lines = said(stream(), 2, "--no-such-flag");
    assertTrue(lines.stream().allMatch(line -> line.startsWith("<3>")), lines.toString());
    assertTrue(lines.getFirst().contains("--no-such-flag"), lines.toString());
  }

  @Test
  void warningIsAWarningInTheJournal() throws Exception {
    List<String> lines = said(stream(), 0, "check", "--config", CASES + "warnings.toml");
    assertEquals(2, lines.size());
    assertTrue(lines.stream().allMatch(line -> line.startsWith("<4>warning: ")), lines.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8:1"})
  void elsewhereNoLineHasALevel(String stream) throws Exception {
    List<String> lines = said(stream, 3, "--config", CASES + "ten-mistakes.toml");
    assertTrue(lines.stream().noneMatch(line -> line.startsWith("<")), lines.toString());
  }
}
