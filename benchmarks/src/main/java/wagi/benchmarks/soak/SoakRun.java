package wagi.benchmarks.soak;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import wagi.benchmarks.load.Options;
import wagi.benchmarks.load.Report;
import wagi.benchmarks.load.Server;

/**
 * The packaged server for a given time at 70 % of what it can do, with reloads and hostile guests:
 * every answer must be right, and what the server holds must not grow.
 */
public final class SoakRun {
  private static final int WARM_UP_RELOADS = 8;
  private static final double SHARE = 0.7;
  private static final double LOAD_HELD = 0.8;
  private static final Duration RELOAD_PATIENCE = Duration.ofSeconds(60);
  private static final Path WORK = Path.of("benchmarks/target/soak");

  private final Options options;
  private final Report report;
  private final Plan plan;
  private final ModuleMap map;
  private final List<Sample> samples = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final List<Socket> sleepers = new ArrayList<>();
  private double slowestReload;
  private int reloads;

  private SoakRun(Options options) throws IOException, InterruptedException {
    this.options = options;
    report = new Report("Soak", "benchmarks/soak/run.sh " + options.words());
    plan = options.smoke() ? Plan.smoke() : Plan.of(Math.max(1, options.number("--minutes", 3, 0)));
    map = new ModuleMap(WORK, options.has("--leak"));
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Options options = new Options(arguments, Set.of("--minutes", "--jvm", "--out", "--leak"));
    System.exit(new SoakRun(options).run() ? 0 : 1);
  }

  private boolean run() throws IOException, InterruptedException {
    String cache = WORK.resolve("cache").toString();
    try (Server server =
        Server.wagi(
            map.file().toString(), options.all("--jvm"), List.of("--module-cache", cache))) {
      // The first reloads bring what every later one finds.
      phase(server, plan.warmUp(), WARM_UP_RELOADS);
      Traffic most = phase(server, plan.capacity(), 0);
      double capacity = most.reachedPerSecond();
      reload(server); // and drops what the crowd had left behind
      reloads = 0;
      slowestReload = 0;
      report.line(
          String.format("* Capacity, by the same clients at once: %.0f requests/s", capacity));
      Traffic traffic = soak(server, SHARE * capacity);
      report.line("");
      requests(traffic);
    }
    growth();
    verdict();
    report.append(options.out(""));
    return problems.isEmpty();
  }

  /** As many requests as are answered: too many, so that busy is a right answer; none is judged. */
  private Traffic phase(Server server, Duration time, int reloads)
      throws IOException, InterruptedException {
    Traffic traffic = new Traffic(server.port(), map, Double.POSITIVE_INFINITY);
    try (traffic) {
      long start = System.nanoTime();
      for (int i = 1; i <= reloads; i++) {
        sleepUntil(start + time.toNanos() * i / (reloads + 1));
        reload(server);
      }
      sleepUntil(start + time.toNanos());
    }
    return traffic;
  }

  private Traffic soak(Server server, double perSecond) throws IOException, InterruptedException {
    ProcessorTime before = ProcessorTime.now(server);
    Traffic traffic = new Traffic(server.port(), map, perSecond);
    try (traffic) {
      time(server);
    } catch (IOException e) {
      problems.add("after " + samples.size() + " samples: " + e.getMessage());
    }
    problems(traffic.tally());
    report.line(
        String.format(
            "* Load: %.0f requests/s asked for, %.0f reached, for %d s; polite p50 %.1f ms, p99 %.1f ms",
            perSecond,
            traffic.reachedPerSecond(),
            plan.time().toSeconds(),
            traffic.tally().politeMillis(0.5),
            traffic.tally().politeMillis(0.99)));
    if (traffic.reachedPerSecond() < LOAD_HELD * perSecond) {
      problems.add("the load could not be held");
    }
    report.line("* Processors: " + ProcessorTime.now(server).since(before));
    report.line(String.format("* Reloads: %d, the slowest took %.1f s", reloads, slowestReload));
    return traffic;
  }

  private void time(Server server) throws IOException, InterruptedException {
    long start = System.nanoTime();
    for (long second = 1; second <= plan.time().toSeconds(); second++) {
      sleepUntil(start + second * 1_000_000_000);
      if (second % plan.reloadEvery() == 0) {
        reload(server);
        leak(server);
      }
      if (second % plan.sampleEvery() == 0) {
        samples.add(Sample.of(server, second / 60.0));
        System.err.println(samples.getLast().line());
      }
    }
  }

  private static void sleepUntil(long time) throws InterruptedException {
    Thread.sleep(Duration.ofNanos(Math.max(0, time - System.nanoTime())));
  }

  private void reload(Server server) throws IOException, InterruptedException {
    map.next();
    long before = System.nanoTime();
    server.reload(RELOAD_PATIENCE);
    slowestReload = Math.max(slowestReload, (System.nanoTime() - before) / 1e9);
    map.served();
    reloads++;
  }

  private void leak(Server server) throws IOException {
    for (int i = 0; options.has("--leak") && i < ModuleMap.LEAKED; i++) {
      sleepers.add(Connection.abandoned(server.port(), "/sleep"));
    }
  }

  private void problems(Tally tally) {
    if (tally.wrong() > 0) {
      problems.add(tally.wrong() + " of " + tally.requests() + " answers were wrong");
      tally.examples().forEach(example -> problems.add("* " + example));
    }
  }

  private void requests(Traffic traffic) {
    report.table("requests to", "how many", "wrong", "the longest took, ms");
    List<Visit> visits = new ArrayList<>(Visit.POLITE);
    visits.addAll(Visit.HOSTILE);
    for (String name : visits.stream().map(Visit::name).distinct().toList()) {
      Tally.Kind kind = traffic.tally().kind(name);
      if (kind.requests().sum() == 0) {
        problems.add(name + " was never asked for");
      }
      report.row(
          name, kind.requests().sum(), kind.wrong().sum(), kind.longestMicros().get() / 1000);
    }
    report.line("");
  }

  private void growth() {
    List<Sample> settled = samples.subList(samples.size() / 10, samples.size());
    if (settled.isEmpty()) {
      return;
    }
    report.table("lower quartile of a fifth", "first", "last", "at most", "flat");
    for (Check check : Check.ALL) {
      Check.Result result = check.of(settled);
      report.row(
          check.name(),
          check.text(result.first()),
          check.text(result.last()),
          check.text(result.bound()),
          options.smoke() ? "too short" : result.flat() ? "yes" : "**no**");
      if (!result.flat() && !options.smoke()) {
        problems.add(check.name() + " grew");
      }
    }
    report.line("");
  }

  private void verdict() {
    report.line(problems.isEmpty() ? "**Passed.**" : "**Failed.**");
    report.line("");
    problems.forEach(report::line);
  }
}
