package wagi.benchmarks;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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

/**
 * What does loading a module cost: parsing, checking, compiling, linking? A new engine every time,
 * since an engine compiles the same bytes once. The first lines show a cold JVM.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:-DontCompileHugeMethods")
@Warmup(iterations = 5)
@Measurement(iterations = 10)
public class ColdStartBenchmark {
  @Param({"hello.wat", "hello-c.wasm", "hello-rust.wasm", "large"})
  private String guest;

  private byte[] wasm;
  private Engine engine;

  @Setup
  public void read() {
    wasm = Guests.sample(guest);
  }

  @Setup(Level.Invocation)
  public void open() {
    engine = Guests.engine();
  }

  @TearDown(Level.Invocation)
  public void close() {
    engine.close();
  }

  @Benchmark
  public GuestModule load() {
    return Guests.load(engine, guest, wasm);
  }
}
