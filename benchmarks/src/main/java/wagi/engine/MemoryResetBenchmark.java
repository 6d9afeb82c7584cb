package wagi.engine;

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
import org.openjdk.jmh.annotations.Warmup;
import run.endive.wasm.types.MemoryLimits;

/** What does a clean memory cost, by its size and by how much of the last one was written? */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1, timeUnit = SECONDS)
@Measurement(iterations = 5, time = 1, timeUnit = SECONDS)
public class MemoryResetBenchmark {
  private static final int TOUCHED_EVERY = 4096;

  @Param({"16", "1024"})
  private int pages;

  @Param({"1", "10"})
  private int touched;

  private GuestMemory memory;
  private GuestMemory.Template template;

  @Setup
  public void setUp() {
    memory = new GuestMemory(new MemoryLimits(pages, pages), MemoryBudget.ofHeap());
    memory.writeI32(TOUCHED_EVERY, 42);
    template = memory.template();
  }

  /** What a request that touches so many pages makes the server do afterwards. */
  @Benchmark
  public GuestMemory touchAndReset() {
    for (int i = 0; i < touched; i++) {
      memory.writeI32(i * TOUCHED_EVERY, i);
    }
    memory.reset(template);
    return memory;
  }
}
