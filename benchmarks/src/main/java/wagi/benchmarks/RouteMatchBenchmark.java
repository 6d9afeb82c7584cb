package wagi.benchmarks;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import wagi.route.Route;
import wagi.route.RouteGroup;
import wagi.route.RouteMatch;
import wagi.route.RoutePattern;
import wagi.route.RouteTable;

/** What does finding a route cost, when it is the first, the last, or not there? */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1, timeUnit = SECONDS)
@Measurement(iterations = 5, time = 1, timeUnit = SECONDS)
public class RouteMatchBenchmark {
  @Param({"3", "100"})
  private int routes;

  private RouteTable<String> table;
  private String last;

  @Setup
  public void build() {
    List<Route<String>> all = new ArrayList<>();
    for (int i = 0; i < routes; i++) {
      RoutePattern pattern = RoutePattern.parse("/service/number" + i + "/...");
      all.add(new Route<>(pattern, List.of(), List.of(), "module" + i));
    }
    table = new RouteTable<>(List.of(new RouteGroup<>("", "modules.toml", all)));
    last = "/service/number" + (routes - 1) + "/some/path";
  }

  @Benchmark
  public RouteMatch<String> first() {
    return table.match("GET", "localhost:3000", "/service/number0/some/path");
  }

  @Benchmark
  public RouteMatch<String> last() {
    return table.match("GET", "localhost:3000", last);
  }

  @Benchmark
  public RouteMatch<String> none() {
    return table.match("GET", "localhost:3000", "/nothing/here");
  }
}
