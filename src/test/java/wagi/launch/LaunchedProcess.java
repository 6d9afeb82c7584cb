package wagi.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A process under test; every wait has a deadline, and closing leaves no process behind. */
final class LaunchedProcess implements AutoCloseable {
  private static final long DEADLINE_SECONDS = 30;

  private final Process process;
  private final Path errors;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();
  private final Thread reader;

  LaunchedProcess(ProcessBuilder builder) throws IOException {
    errors = Files.createTempFile("launched", ".stderr");
    process = builder.redirectError(errors.toFile()).start();
    reader = Thread.ofVirtual().start(this::read);
  }

  private void read() {
    try (BufferedReader output = process.inputReader(UTF_8)) {
      output.lines().forEach(lines::add);
    } catch (IOException e) {
      lines.add("unreadable: " + e.getMessage());
    }
  }

  long pid() {
    return process.pid();
  }

  /** The rest of the next line that begins with this word. */
  String line(String word) throws InterruptedException, IOException {
    long deadline = System.nanoTime() + SECONDS.toNanos(DEADLINE_SECONDS);
    while (deadline > System.nanoTime()) {
      String line = lines.poll(deadline - System.nanoTime(), NANOSECONDS);
      if (line == null || (seen.add(line) && line.startsWith(word))) {
        return line == null ? missing(word) : line.substring(word.length()).strip();
      }
    }
    return missing(word);
  }

  private String missing(String word) throws IOException {
    return fail("no line '" + word + "' in " + seen + ", on stderr: " + errors());
  }

  List<String> remainingLines() throws InterruptedException {
    exitCode();
    reader.join();
    return List.copyOf(lines);
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
    assertTrue(process.waitFor(DEADLINE_SECONDS, SECONDS), "still running, seen: " + seen);
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
    Files.deleteIfExists(errors);
  }
}
