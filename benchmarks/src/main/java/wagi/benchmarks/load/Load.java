package wagi.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import wagi.benchmarks.LargeModule;

/**
 * Throughput and latency as ratios to the floor. In every round the floor and each target are
 * measured one after the other, and a target is compared with the floor of its own round.
 */
public final class Load {
  static final int LARGE_CODE_BYTES = 1_450_000;

  /** Names and paths; the last four are pairs that should cost the same. */
  private static final Map<String, String> GUESTS = guests();

  private static final String FLOOR = "floor";

  /** Where requests go; a peer is not ours to look into. */
  private record Target(String name, String url, Server server) {}

  private record Key(String target, int connections) {}

  private final Options options;
  private final Report report;
  private final int rounds;
  private final int seconds;
  private final List<Integer> connections;
  private final List<Target> targets = new ArrayList<>();
  private final Map<Key, List<Wrk.Measured>> measured = new LinkedHashMap<>();

  private Load(Options options) throws IOException, InterruptedException {
    this.options = options;
    report = new Report("Load", "benchmarks/load/run.sh " + options.words());
    rounds = options.number("--rounds", 5, 1);
    seconds = options.number("--seconds", 4, 1);
    connections =
        Arrays.stream(options.text("--connections", options.smoke() ? "16" : "16,256").split(","))
            .map(Integer::valueOf)
            .toList();
  }

  private static Map<String, String> guests() {
    Map<String, String> guests = new LinkedHashMap<>();
    guests.put("hello (WAT)", "/hello");
    guests.put("hello (C)", "/hello-c");
    guests.put("hello (Rust)", "/hello-rust");
    guests.put("large (Rust, 1.5 MB)", "/large");
    guests.put("10 pages of 1 MiB written", "/touch-1m");
    guests.put("10 pages of 64 MiB written", "/touch-64m");
    guests.put("memory not grown", "/grow-not");
    guests.put("memory grown by a page", "/grow");
    return guests;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Options options =
        new Options(
            arguments,
            Set.of(
                "--rounds", "--seconds", "--warm-up", "--connections", "--peer", "--jvm", "--out"));
    new Load(options).run();
  }

  /** Makes the large modules where they are missing. */
  static List<Path> largeModules(int count) throws IOException {
    byte[] base = Files.readAllBytes(Path.of("samples/hello-rust.wasm"));
    Files.createDirectories(Server.WORK);
    return LargeModule.write(base, Server.WORK, count, LARGE_CODE_BYTES);
  }

  private void run() throws IOException, InterruptedException {
    largeModules(1);
    try (Server floor = Server.floor();
        Server wagi =
            Server.wagi("benchmarks/load/modules.toml", options.all("--jvm"), List.of())) {
      targets.add(new Target(FLOOR, floor.url("/"), floor));
      GUESTS.forEach((name, path) -> targets.add(new Target(name, wagi.url(path), wagi)));
      for (String peer : options.all("--peer")) {
        int equals = peer.indexOf('=');
        targets.add(new Target(peer.substring(0, equals), peer.substring(equals + 1), null));
      }
      double floorIdle = floor.residentMib();
      double wagiIdle = wagi.residentMib();
      checkAnswers();
      warmUp();
      measure();
      ratios();
      memory(List.of(floor, wagi), List.of(floorIdle, wagiIdle));
      raw();
    }
    Path out = options.out("benchmarks/results/" + LocalDate.now() + ".md");
    chart(out == null ? Server.WORK.resolve("smoke.md") : out, out != null);
    report.append(out);
    checkErrors();
  }

  /** What is not the same answer must not be compared. */
  private void checkAnswers() throws IOException, InterruptedException {
    Answer floor = Answer.of(targets.getFirst().url());
    for (Target target : targets) {
      Answer answer = Answer.of(target.url());
      boolean same =
          target.server() == null
              ? answer.status() == 200 && answer.body().equals(floor.body())
              : answer.equals(floor);
      if (!same) {
        throw new IOException(target.name() + " answers " + answer + ", the floor " + floor);
      }
    }
  }

  private void warmUp() throws IOException, InterruptedException {
    int warmUp = options.number("--warm-up", 10, 1);
    for (int count : connections) {
      for (Target target : targets) {
        Wrk.run(target.url(), count, Math.max(1, warmUp / connections.size()));
      }
    }
  }

  private void measure() throws IOException, InterruptedException {
    for (int round = 0; round < rounds; round++) {
      // There and back: what drifts with time meets all alike.
      List<Target> order = round % 2 == 0 ? targets : targets.reversed();
      for (int count : connections) {
        for (Target target : order) {
          measured
              .computeIfAbsent(new Key(target.name(), count), key -> new ArrayList<>())
              .add(Wrk.run(target.url(), count, seconds));
        }
      }
    }
  }

  private List<Wrk.Measured> of(Target target, int count) {
    return measured.get(new Key(target.name(), count));
  }

  private List<Double> shares(Target target, int count) {
    List<Double> shares = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      double floor = of(targets.getFirst(), count).get(round).perSecond();
      shares.add(of(target, count).get(round).perSecond() / floor);
    }
    return shares;
  }

  private void ratios() {
    for (int count : connections) {
      report.line(
          "## " + count + " connections, " + rounds + " rounds of " + seconds + " s, wrk -t2");
      report.line("");
      report.table(
          "target",
          "requests/s",
          "share of floor",
          "min",
          "max",
          "p50 ms",
          "p99 ms",
          "p99 / floor's",
          "errors");
      double floorP99 = latency(targets.getFirst(), count, true);
      for (Target target : targets) {
        double p99 = latency(target, count, true);
        report.row(
            target.name(),
            String.format("%.0f", perSecond(target, count)),
            Spread.of(shares(target, count)).cells("%.3f"),
            String.format("%.2f", latency(target, count, false)),
            String.format("%.2f", p99),
            String.format("%.2f", p99 / floorP99),
            of(target, count).stream().mapToLong(Wrk.Measured::errors).sum());
      }
      report.line("");
    }
  }

  private double perSecond(Target target, int count) {
    return Spread.of(of(target, count).stream().map(Wrk.Measured::perSecond).toList()).median();
  }

  private double latency(Target target, int count, boolean p99) {
    return Spread.of(
            of(target, count).stream().map(m -> (p99 ? m.p99() : m.p50()) / 1000.0).toList())
        .median();
  }

  private void memory(List<Server> servers, List<Double> idle)
      throws IOException, InterruptedException {
    report.line("## Memory");
    report.line("");
    report.table("process", "VmRSS idle, MiB", "VmRSS after all rounds, MiB", "requests");
    for (int i = 0; i < servers.size(); i++) {
      Server server = servers.get(i);
      long requests =
          targets.stream()
              .filter(target -> target.server() == server)
              .flatMap(target -> connections.stream().map(count -> of(target, count)))
              .flatMap(List::stream)
              .mapToLong(Wrk.Measured::requests)
              .sum();
      report.row(
          i == 0 ? FLOOR : "wagi-server",
          String.format("%.0f", idle.get(i)),
          String.format("%.0f", server.residentMib()),
          requests);
    }
    report.line("");
    report.line(
        "Allocated per request, all threads, by the JVM's own count"
            + " (`TotalThreadAllocatedBytes` before and after one more measurement):");
    report.line("");
    report.table("target", "bytes per request");
    for (Target target : targets) {
      if (target.server() != null) {
        report.row(target.name(), String.format("%.0f", allocatedPerRequest(target)));
      }
    }
    report.line("");
  }

  private double allocatedPerRequest(Target target) throws IOException, InterruptedException {
    long pid = target.server().pid();
    Jvm.allocatedBytes(pid); // the first look allocates the most
    long before = Jvm.allocatedBytes(pid);
    Wrk.Measured run = Wrk.run(target.url(), connections.getFirst(), seconds);
    return (double) (Jvm.allocatedBytes(pid) - before) / run.requests();
  }

  private void raw() {
    report.line("## Raw: requests/s, p50 µs, p99 µs of every round");
    report.line("");
    measured.forEach(
        (key, runs) -> {
          StringBuilder line = new StringBuilder();
          for (Wrk.Measured run : runs) {
            line.append(String.format("; %.0f, %d, %d", run.perSecond(), run.p50(), run.p99()));
          }
          report.line("* " + key.target() + ", " + key.connections() + ": " + line.substring(2));
        });
  }

  private void chart(Path page, boolean mention) throws IOException {
    ShareChart chart = new ShareChart("Requests per second as a share of the floor");
    for (Target target : targets) {
      for (int count : connections) {
        if (!target.name().equals(FLOOR)) {
          chart.bar(target.name(), count + " connections", Spread.of(shares(target, count)));
        }
      }
    }
    Path file = Path.of(page.toString().replaceFirst("\\.md$", "") + ".svg");
    if (file.getParent() != null) {
      Files.createDirectories(file.getParent());
    }
    Files.writeString(file, chart.svg());
    if (mention) {
      report.line("");
      report.line("![shares of the floor](" + file.getFileName() + ")");
    }
  }

  private void checkErrors() {
    long errors =
        measured.values().stream().flatMap(List::stream).mapToLong(Wrk.Measured::errors).sum();
    if (errors > 0) {
      System.err.println(errors + " requests failed");
      System.exit(1);
    }
  }
}
