package wagi.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How long until the server is ready, and until it has answered once. The first start finds an
 * empty home directory, and so no cache; later ones find what the first left, and the last what one
 * leaves that stays up.
 */
public final class Start {
  private record Times(double ready, double firstAnswer) {}

  /** What is served, what is asked for, and the home directory that a start finds. */
  private record Served(String name, String config, String path, Path home) {}

  private final Options options;
  private final Report report;

  private Start(Options options) throws IOException, InterruptedException {
    this.options = options;
    report = new Report("Start", "benchmarks/load/start.sh " + options.words());
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Options options = new Options(arguments, Set.of("--rounds", "--modules", "--jvm", "--out"));
    new Start(options).run();
  }

  private void run() throws IOException, InterruptedException {
    int count = options.number("--modules", 20, 2);
    report.table(
        "modules",
        "start",
        "ready ms",
        "min",
        "max",
        "first answer ms",
        "min",
        "max",
        "live heap MiB",
        "VmRSS MiB");
    measure("3 small", "benchmarks/load/small.toml", "/hello");
    measure(count + " of 1.5 MB", largeConfig(count).toString(), "/large-1");
    report.append(options.out(""));
  }

  private static Path largeConfig(int count) throws IOException {
    StringBuilder toml = new StringBuilder("[log]\naccess = \"off\"\n");
    for (Path module : Load.largeModules(count)) {
      String file = module.getFileName().toString();
      String route = "/" + file.replace(".wasm", "");
      toml.append("\n[[module]]\nroute = \"").append(route).append('"');
      toml.append("\nmodule = \"").append(file).append("\"\n");
    }
    return Files.writeString(Server.WORK.resolve("large.toml"), toml);
  }

  private void measure(String name, String config, String path)
      throws IOException, InterruptedException {
    Path home = Server.WORK.resolve("home");
    delete(home);
    Files.createDirectories(home);
    int rounds = options.number("--rounds", 3, 1);
    Served served = new Served(name, config, path, home);
    starts(served, "first", 1);
    starts(served, "later", rounds);
    if (!options.smoke()) {
      letItCacheItsClasses(served);
      starts(served, "later, classes cached", rounds);
    }
  }

  private void starts(Served served, String kind, int rounds)
      throws IOException, InterruptedException {
    List<Times> all = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      try (Server server = Server.wagi(served.config(), jvm(served.home()), List.of())) {
        Answer answer = Answer.of(server.url(served.path()));
        all.add(new Times(server.millisToReady(), server.millisSinceStart()));
        if (answer.status() != 200) {
          throw new IOException(served.path() + " answers " + answer);
        }
        if (round == rounds) {
          row(served.name(), kind, all, server);
        }
      }
    }
  }

  /** As every server does that stays up. */
  private void letItCacheItsClasses(Served served) throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    try (Server server = Server.wagi(served.config(), jvm(served.home()), List.of())) {
      while (!hasCache(served.home())) {
        if (System.nanoTime() > end || !ProcessHandle.of(server.pid()).isPresent()) {
          throw new IOException("no cache of the server's classes below " + served.home());
        }
        Thread.sleep(500);
      }
    }
  }

  private static boolean hasCache(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files.anyMatch(file -> file.toString().endsWith(".aot"));
    }
  }

  private List<String> jvm(Path home) {
    List<String> jvm = new ArrayList<>(options.all("--jvm"));
    jvm.add("-Duser.home=" + home.toAbsolutePath());
    return jvm;
  }

  private void row(String name, String start, List<Times> times, Server server)
      throws IOException, InterruptedException {
    double resident = server.residentMib();
    report.row(
        name,
        start,
        Spread.of(times.stream().map(Times::ready).toList()).cells("%.0f"),
        Spread.of(times.stream().map(Times::firstAnswer).toList()).cells("%.0f"),
        String.format("%.1f", Jvm.liveHeapMib(server.pid())),
        String.format("%.0f", resident));
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      paths
          .sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
