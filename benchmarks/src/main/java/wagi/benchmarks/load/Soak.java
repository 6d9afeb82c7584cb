package wagi.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server keeps after many requests: resident memory of one that is left alone, live heap of
 * another that is told to collect, and what its collector's log says.
 */
public final class Soak {
  private static final List<String> PATHS = List.of("/hello", "/hello-c", "/hello-rust");
  private static final String CONFIG = "benchmarks/load/small.toml";
  private static final int CONNECTIONS = 16;
  private static final int SLICE_SECONDS = 2;
  private static final Pattern HUMONGOUS = Pattern.compile("Humongous regions: (\\d+)->");

  private final Options options;
  private final Report report;
  private final long requests;
  private long done;
  private int turn;

  private Soak(Options options) throws IOException, InterruptedException {
    this.options = options;
    report = new Report("Soak", "benchmarks/load/soak.sh " + options.words());
    requests = options.number("--requests", 1_000_000, 20_000);
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    new Soak(new Options(arguments, Set.of("--requests", "--jvm", "--out"))).run();
  }

  private void run() throws IOException, InterruptedException {
    resident();
    heap();
    report.append(options.out(""));
  }

  private void resident() throws IOException, InterruptedException {
    report.table("VmRSS, left alone", "requests", "MiB");
    try (Server server = Server.wagi(CONFIG, options.all("--jvm"), List.of())) {
      report.row("idle", 0, String.format("%.0f", server.residentMib()));
      done = 0;
      for (long goal : List.of(requests / 10, requests / 2)) {
        drive(server, goal);
        report.row("after", done, String.format("%.0f", server.residentMib()));
      }
    }
    report.line("");
  }

  private void heap() throws IOException, InterruptedException {
    Path log = Server.WORK.resolve("gc.log").toAbsolutePath();
    List<String> jvm = new ArrayList<>(options.all("--jvm"));
    jvm.add("-Xlog:gc*:file=" + log + ":uptime:filecount=0");
    report.table("live heap, after a full collection", "requests", "MiB", "of the first");
    try (Server server = Server.wagi(CONFIG, jvm, List.of())) {
      done = 0;
      double first = 0;
      for (long goal : List.of(requests / 10, requests / 2, requests)) {
        drive(server, goal);
        double live = Jvm.liveHeapMib(server.pid());
        first = first == 0 ? live : first;
        report.row("after", done, String.format("%.2f", live), String.format("%.3f", live / first));
      }
    }
    report.line("");
    collector(Files.readAllLines(log, UTF_8));
  }

  private void drive(Server server, long goal) throws IOException, InterruptedException {
    while (done < goal) {
      String url = server.url(PATHS.get(turn++ % PATHS.size()));
      Wrk.Measured run = Wrk.run(url, CONNECTIONS, SLICE_SECONDS);
      if (run.errors() > 0) {
        throw new IOException(run.errors() + " requests failed on " + url);
      }
      done += run.requests();
    }
  }

  private void collector(List<String> log) {
    long humongous = 0;
    for (String line : log) {
      Matcher regions = HUMONGOUS.matcher(line);
      if (regions.find()) {
        humongous = Math.max(humongous, Long.parseLong(regions.group(1)));
      }
    }
    report.line("* collector: " + first(log, "Using "));
    report.line(
        "* pauses: " + count(log, "Pause Young") + " young, " + count(log, "Pause Full") + " full");
    report.line(
        "* humongous: most regions at once "
            + humongous
            + ", collections caused "
            + count(log, "G1 Humongous Allocation"));
  }

  /** Counts the lines that end a pause; those that begin one have no time. */
  private static long count(List<String> log, String words) {
    return log.stream().filter(line -> line.contains(words) && line.endsWith("ms")).count();
  }

  private static String first(List<String> log, String words) {
    return log.stream()
        .filter(line -> line.contains(words))
        .findFirst()
        .map(line -> line.substring(line.indexOf(words)))
        .orElse("unknown");
  }
}
