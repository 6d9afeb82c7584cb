package wagi.benchmarks;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
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
 * What does a request to a loaded module cost, from {@code submit} to its end? The hand-over to the
 * guest's thread and back is in the time. {@code -prof gc} shows what it allocates.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:-DontCompileHugeMethods")
@Warmup(iterations = 5, time = 1, timeUnit = SECONDS)
@Measurement(iterations = 5, time = 1, timeUnit = SECONDS)
public class WarmRequestBenchmark {
  @Param({"hello.wat", "hello-c.wasm", "hello-rust.wasm", "large"})
  private String guest;

  private Engine engine;
  private GuestModule module;
  private Invocation invocation;

  @Setup
  public void load() {
    engine = Guests.engine();
    module = Guests.load(engine, guest, Guests.sample(guest));
    invocation = Guests.request("/hello");
  }

  @TearDown
  public void close() {
    engine.close();
  }

  @Benchmark
  public int request() throws InterruptedException {
    return WaitingSink.run(engine, module, invocation);
  }
}
