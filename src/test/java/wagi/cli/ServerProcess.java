package wagi.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import wagi.server.Await;

/** The packaged jar, started as a user starts it: with the java of the path. */
public final class ServerProcess implements AutoCloseable {
  private static final Pattern READY =
      Pattern.compile("wagi-server \\S+ ready on http://([0-9.]+):(\\d+)[, ].*");
  private static final long EXIT_SECONDS = 20;

  private final Process process;
  private final Output out;
  private final Output err;

  private ServerProcess(Process process) {
    this.process = process;
    out = new Output(process.getInputStream());
    err = new Output(process.getErrorStream());
  }

  /** Starts it in a directory, with these variables beside the usual ones. */
  public static ServerProcess start(
      Path directory, Map<String, String> variables, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("java", "-jar", jar()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(variables);
    return new ServerProcess(builder.start());
  }

  /** Starts it in a directory, from a shell that has given up something before. */
  public static ServerProcess limited(Path directory, String giveUp, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("/bin/bash", "-c", giveUp + "; exec java -jar \"$@\"", "bash", jar()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("WAGI_AOT_CACHE", "off");
    return new ServerProcess(builder.start());
  }

  /** Starts it in a directory without its launcher, in a JVM with options of the caller's. */
  public static ServerProcess direct(
      Path directory, List<String> jvmOptions, Map<String, String> variables, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // With this one the launcher starts no other JVM.
    command.add("-XX:-DontCompileHugeMethods");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(jvmOptions);
    command.addAll(List.of("-jar", jar()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(variables);
    builder.environment().put("WAGI_AOT_CACHE", "off");
    return new ServerProcess(builder.start());
  }

  /** Starts it in the project's directory, on a port of its own. */
  public static ServerProcess serving(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("--listen", "127.0.0.1:0"));
    all.addAll(List.of(arguments));
    return start(Path.of("").toAbsolutePath(), Map.of(), all.toArray(String[]::new));
  }

  private static String jar() {
    String jar = System.getProperty("wagi.jar");
    if (jar == null) {
      throw new AssertionError("no property wagi.jar; mvn verify sets it");
    }
    return jar;
  }

  /** Waits for the readiness line and returns the address in it. */
  public InetSocketAddress ready() {
    Await.until(
        "it is ready; " + err.text(),
        () -> out.lines().stream().anyMatch(line -> READY.matcher(line).matches()) || ended());
    for (String line : out.lines()) {
      Matcher ready = READY.matcher(line);
      if (ready.matches()) {
        return new InetSocketAddress(ready.group(1), Integer.parseInt(ready.group(2)));
      }
    }
    throw new AssertionError("not ready: " + out.text() + err.text());
  }

  /** Returns the process that serves, which is the launcher's child where there is one. */
  public long pid() {
    return process.children().findFirst().map(ProcessHandle::pid).orElse(process.pid());
  }

  private boolean ended() {
    return !process.isAlive();
  }

  public String out() {
    return out.text();
  }

  public String err() {
    return err.text();
  }

  /** Asks it to end, as {@code kill PID} does. */
  public void terminate() {
    // Process.destroy would also close the streams we read
    process.toHandle().destroy();
  }

  /** Sends a signal by its name, as {@code kill -HUP PID} does. */
  public void signal(String name) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process.pid()).start();
    if (kill.waitFor() != 0) {
      throw new IOException("kill -" + name + " failed");
    }
  }

  /** Waits for its end and for all it had to say. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("does not end: " + out() + err());
    }
    out.thread.join();
    err.thread.join();
    return process.exitValue();
  }

  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  /** Reads a stream to its end, so that the process never waits for us. */
  private static final class Output {
    private final List<String> lines = new ArrayList<>();
    private final Thread thread;

    Output(InputStream stream) {
      thread = Thread.ofPlatform().daemon().start(() -> read(stream));
    }

    private void read(InputStream stream) {
      try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          add(line);
        }
      } catch (IOException e) {
        add("(reading failed: " + e + ")");
      }
    }

    private synchronized void add(String line) {
      lines.add(line);
    }

    synchronized List<String> lines() {
      return List.copyOf(lines);
    }

    String text() {
      return String.join("\n", lines()) + "\n";
    }
  }
}
