package wagi.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A process under test; every wait has a deadline.
 *
 * <p>It writes to files: a pipe would be closed as the launcher ends, before its child does.
 */
final class LaunchedProcess implements AutoCloseable {
  private static final long DEADLINE_SECONDS = 30;
  private static final long POLL_MILLIS = 10;

  private final Process process;
  private final Path output;
  private final Path errors;
  private int linesRead;

  LaunchedProcess(ProcessBuilder builder) throws IOException {
    output = Files.createTempFile("launched", ".stdout");
    errors = Files.createTempFile("launched", ".stderr");
    process = builder.redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
  }

  long pid() {
    return process.pid();
  }

  /** The rest of the next line that begins with this word. */
  String line(String word) throws InterruptedException, IOException {
    long deadline = System.nanoTime() + SECONDS.toNanos(DEADLINE_SECONDS);
    while (System.nanoTime() < deadline) {
      List<String> lines = lines();
      while (linesRead < lines.size()) {
        String line = lines.get(linesRead++);
        if (line.startsWith(word)) {
          return line.substring(word.length()).strip();
        }
      }
      Thread.sleep(POLL_MILLIS);
    }
    return fail("no line '" + word + "' in " + lines() + ", on stderr: " + errors());
  }

  /** Those that are written to their end. */
  private List<String> lines() throws IOException {
    String text = Files.readString(output, UTF_8);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  List<String> remainingLines() throws InterruptedException, IOException {
    exitCode();
    List<String> lines = lines();
    return lines.subList(linesRead, lines.size());
  }

  void signal(String name) throws IOException, InterruptedException {
    send(name, pid());
  }

  static void send(String name, long pid) throws IOException, InterruptedException {
    String command = "kill -" + name + " " + pid;
    assertTrue(new ProcessBuilder("/bin/sh", "-c", command).start().waitFor() == 0, command);
  }

  void input(String text) throws IOException {
    try (var input = process.outputWriter(UTF_8)) {
      input.write(text);
    }
  }

  int exitCode() throws InterruptedException {
    assertTrue(process.waitFor(DEADLINE_SECONDS, SECONDS), "still running");
    return process.exitValue();
  }

  String errors() throws IOException {
    return Files.readString(errors).strip();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    Files.deleteIfExists(output);
    Files.deleteIfExists(errors);
  }
}
