package wagi.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import wagi.cgi.CgiOutput;
import wagi.cgi.CgiResponse;

/** What does reading a guest's header block cost, in one piece and line by line? */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1, timeUnit = SECONDS)
@Measurement(iterations = 5, time = 1, timeUnit = SECONDS)
public class CgiResponseParseBenchmark {
  private static final int LIMIT_BYTES = 64 << 10;

  @Param({"1", "20"})
  private int fields;

  private byte[] output;

  @Setup
  public void print() {
    StringBuilder text = new StringBuilder("Content-Type: text/html; charset=UTF-8\n");
    for (int i = 1; i < fields; i++) {
      text.append("X-Field-").append(i).append(": some value of a usual length\n");
    }
    output = text.append("\nhello world\n").toString().getBytes(UTF_8);
  }

  @Benchmark
  public CgiResponse onePiece() {
    return new CgiOutput(LIMIT_BYTES).feed(output, 0, output.length);
  }

  @Benchmark
  public CgiResponse lineByLine() {
    CgiOutput reader = new CgiOutput(LIMIT_BYTES);
    CgiResponse response = new CgiResponse.Collecting();
    int start = 0;
    for (int i = 0; i < output.length && response instanceof CgiResponse.Collecting; i++) {
      if (output[i] == '\n') {
        response = reader.feed(output, start, i + 1 - start);
        start = i + 1;
      }
    }
    return response;
  }
}
