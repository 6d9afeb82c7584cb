package wagi.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A server process of ours on a free port of loopback; it ends when we do. */
public final class Server implements AutoCloseable {
  public static final Path WORK = Path.of("benchmarks/target/load");
  static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private static final Duration START_TIMEOUT = Duration.ofSeconds(180);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
  }

  private final Process process;
  private final String name;
  private final int port;
  private final long startedAt;

  /** Belongs to the lock of this. */
  private long readyAt;

  /** Belongs to the lock of this. */
  private int reloads;

  private Server(Process process, String name, int port, long startedAt) {
    this.process = process;
    this.name = name;
    this.port = port;
    this.startedAt = startedAt;
  }

  /** Starts the floor. */
  static Server floor() throws IOException, InterruptedException {
    int port = freePort();
    return start(
        "floor",
        port,
        List.of(
            JAVA.toString(),
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            "benchmarks/target/benchmarks.jar",
            "wagi.benchmarks.StaticFloor",
            Integer.toString(port)));
  }

  /** Starts the packaged server; flags it does not get here are those it chooses itself. */
  public static Server wagi(String config, List<String> jvmOptions, List<String> arguments)
      throws IOException, InterruptedException {
    int port = freePort();
    List<String> command = new ArrayList<>(List.of(JAVA.toString()));
    command.addAll(jvmOptions);
    command.addAll(List.of("-jar", "target/wagi-server.jar", "--config", config));
    command.addAll(List.of("--listen", "127.0.0.1:" + port));
    command.addAll(arguments);
    return start("wagi-server", port, command);
  }

  private static Server start(String name, int port, List<String> command)
      throws IOException, InterruptedException {
    Files.createDirectories(WORK);
    Path log = WORK.resolve(name + ".log");
    long startedAt = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    RUNNING.add(process);
    Server server = new Server(process, name, port, startedAt);
    Thread.ofPlatform().daemon().start(() -> server.watch(log));
    server.awaitReady(log);
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Copies what the process says, and sees it become ready. */
  private void watch(Path log) {
    try (BufferedReader lines =
            new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        PrintStream copy = new PrintStream(Files.newOutputStream(log), true, UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains("ready on ")) {
          ready();
        }
        if (line.contains("wagi.server: reloaded: ")) {
          reloaded();
        }
        // The access log's lines are as many as the requests, and not kept.
        if (!line.startsWith("127.0.0.1 - - ")) {
          copy.println(line);
        }
      }
    } catch (IOException e) {
      System.err.println(name + ": its output cannot be read: " + e.getMessage());
    }
  }

  private synchronized void ready() {
    readyAt = System.nanoTime();
    notifyAll();
  }

  private synchronized void reloaded() {
    reloads++;
    notifyAll();
  }

  private synchronized void awaitReady(Path log) throws InterruptedException, IOException {
    while (readyAt == 0) {
      wait(50);
      boolean late = System.nanoTime() - startedAt > START_TIMEOUT.toNanos();
      if (readyAt == 0 && (late || !process.isAlive())) {
        process.destroyForcibly();
        throw new IOException(name + " did not become ready; see " + log);
      }
    }
  }

  synchronized double millisToReady() {
    return (readyAt - startedAt) / 1e6;
  }

  double millisSinceStart() {
    return (System.nanoTime() - startedAt) / 1e6;
  }

  public int port() {
    return port;
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  private boolean isAlive() {
    return process.isAlive();
  }

  /** Has it read its configuration anew, and returns when that is served. */
  public void reload(Duration patience) throws IOException, InterruptedException {
    int before = reloads();
    Process kill = new ProcessBuilder("kill", "-HUP", Long.toString(pid())).inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new IOException(name + " cannot be told to reload");
    }
    awaitReload(before, System.nanoTime() + patience.toNanos());
  }

  private synchronized int reloads() {
    return reloads;
  }

  private synchronized void awaitReload(int before, long end)
      throws IOException, InterruptedException {
    while (reloads == before) {
      wait(50);
      if (reloads == before && (System.nanoTime() > end || !isAlive())) {
        throw new IOException(name + " did not reload; see " + WORK.resolve(name + ".log"));
      }
    }
  }

  String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  public long pid() {
    return process.pid();
  }

  /** Returns resident memory in MiB, from {@code /proc}. */
  public double residentMib() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IOException(name + " has no resident memory");
  }

  @Override
  public void close() {
    process.toHandle().destroy(); // the process itself would close its output
    try {
      if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    RUNNING.remove(process);
  }
}
