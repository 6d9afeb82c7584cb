package wagi.benchmarks;

import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import wagi.engine.Engine;
import wagi.engine.GuestModule;
import wagi.engine.Invocation;

/**
 * How fast does a guest compute? One request that runs one kernel once. {@code compute.sh} compares
 * the same with a native program.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:-DontCompileHugeMethods")
@Warmup(iterations = 5, time = 2, timeUnit = SECONDS)
@Measurement(iterations = 5, time = 1, timeUnit = SECONDS)
public class GuestComputeBenchmark {
  @Param({"hash", "sort", "scan", "float", "all"})
  private String kernel;

  private Engine engine;
  private GuestModule module;
  private Invocation invocation;

  @Setup
  public void load() {
    engine = Guests.engine();
    module = Guests.load(engine, "compute", Guests.compute());
    invocation = Guests.request("/compute", kernel, "1");
  }

  @TearDown
  public void close() {
    engine.close();
  }

  @Benchmark
  public int compute() throws InterruptedException {
    return WaitingSink.run(engine, module, invocation);
  }
}
