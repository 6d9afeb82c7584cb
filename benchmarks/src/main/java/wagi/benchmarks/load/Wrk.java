package wagi.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;

/** Runs wrk once. */
final class Wrk {
  /** What wrk saw; latencies in microseconds. */
  record Measured(long requests, double seconds, long errors, long p50, long p99) {
    double perSecond() {
      return requests / seconds;
    }
  }

  private static final int THREADS = 2;

  private Wrk() {}

  static Measured run(String url, int connections, int seconds)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            "wrk",
            "-t" + Math.min(THREADS, connections),
            "-c" + connections,
            "-d" + seconds + "s",
            "--timeout",
            "10s",
            "-s",
            "benchmarks/load/report.lua",
            url);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Thread ending = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(ending);
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    Runtime.getRuntime().removeShutdownHook(ending);
    return output
        .lines()
        .filter(line -> line.startsWith("RESULT "))
        .findFirst()
        .map(Wrk::parse)
        .orElseThrow(() -> new IOException("wrk failed on " + url + ": " + output));
  }

  private static Measured parse(String line) {
    long[] n = List.of(line.split(" ")).stream().skip(1).mapToLong(Long::parseLong).toArray();
    return new Measured(n[0], n[1] / 1e6, n[2] + n[3] + n[4] + n[5] + n[6], n[7], n[8]);
  }
}
