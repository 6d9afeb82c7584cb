package wagi.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import wagi.benchmarks.load.Server;

/**
 * Who has had how much of the processors, in seconds: when others had much, the run says little.
 *
 * @param busy all processes together
 */
record ProcessorTime(double wall, double server, double clients, double busy) {
  private static final double TICKS_A_SECOND = 100; // what Linux shows, on every machine
  private static final int IDLE = 3;
  private static final int IO_WAIT = 4;
  private static final int GUEST = 8; // and what follows is contained in the first

  static ProcessorTime now(Server server) throws IOException {
    String line = Files.readAllLines(Path.of("/proc/stat")).getFirst();
    long[] ticks =
        Arrays.stream(line.split(" +")).skip(1).limit(GUEST).mapToLong(Long::parseLong).toArray();
    long busy = Arrays.stream(ticks).sum() - ticks[IDLE] - ticks[IO_WAIT];
    return new ProcessorTime(
        System.nanoTime() / 1e9,
        used(server.handle()),
        used(ProcessHandle.current()),
        busy / TICKS_A_SECOND);
  }

  private static double used(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0;
  }

  /** Returns in words what happened since. */
  String since(ProcessorTime before) {
    double all = (wall - before.wall) * Runtime.getRuntime().availableProcessors() / 100;
    double ours = server - before.server;
    double theirs = clients - before.clients;
    return String.format(
        "%.0f %% of the time the server, %.0f %% the clients, %.0f %% others",
        ours / all, theirs / all, (busy - before.busy - ours - theirs) / all);
  }
}
