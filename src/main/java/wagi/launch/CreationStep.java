package wagi.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs one process of a creation to its end, out of the way of others: with low priority, and not
 * longer than this process lives.
 *
 * @param work where it runs and keeps its own caches
 */
record CreationStep(Path work) {
  private static final long DEADLINE_SECONDS = 120;
  private static final long LOG_BYTES_MAX = 4096;

  private static final AtomicReference<@Nullable Process> RUNNING = new AtomicReference<>();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(CreationStep::end, "end-of-creation"));
  }

  private static void end() {
    Process process = RUNNING.get();
    if (process != null) {
      process.destroyForcibly();
    }
  }

  void run(List<String> command) throws IOException, InterruptedException {
    if (!succeeds(command)) {
      throw new IOException(
          "cannot make the cache of classes: " + command + tail(work.resolve("log")));
    }
  }

  boolean succeeds(List<String> command) throws IOException, InterruptedException {
    Path log = work.resolve("log");
    Process process = start(command, log.toFile());
    RUNNING.set(process);
    try {
      return process.waitFor(DEADLINE_SECONDS, SECONDS) && process.exitValue() == 0;
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start(List<String> command, File log) throws IOException {
    List<String> niced = new ArrayList<>(List.of("nice", "-n", "19"));
    niced.addAll(command);
    try {
      return builder(niced, log).start();
    } catch (IOException e) {
      // A system without nice.
      return builder(command, log).start();
    }
  }

  private ProcessBuilder builder(List<String> command, File log) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log);
    builder.environment().keySet().removeAll(JvmCommand.VARIABLES);
    builder.environment().put("CACHE_DIRECTORY", work.toString());
    return builder;
  }

  private static String tail(Path log) throws IOException {
    byte[] bytes = Files.readAllBytes(log);
    int from = (int) Math.max(0, bytes.length - LOG_BYTES_MAX);
    return "\n" + new String(bytes, from, bytes.length - from, UTF_8);
  }
}
