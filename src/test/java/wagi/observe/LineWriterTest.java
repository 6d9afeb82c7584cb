package wagi.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LineWriterTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void noLineIsLostOnClose() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LineWriter writer = new LineWriter("test-log", out, 1 << 20, LONG);
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      IntStream.range(0, 8).forEach(t -> threads.execute(() -> writeLines(writer, t)));
    }
    writer.close();

    List<String> expected = new ArrayList<>();
    IntStream.range(0, 8)
        .forEach(t -> IntStream.range(0, 1000).forEach(i -> expected.add(t + "-" + i)));
    assertEquals(
        expected.stream().sorted().toList(), out.toString(UTF_8).lines().sorted().toList());
    assertEquals(0, writer.dropped());
  }

  @Test
  void slowReaderCostsLinesAndDelaysNobody() {
    StuckStream out = new StuckStream();
    LineWriter writer = new LineWriter("test-log", out, 100, LONG);
    writer.write(line("first"));
    out.awaitWrite();

    IntStream.range(0, 20).forEach(i -> writer.write(line("line " + (10 + i) + " of ten bytes")));
    out.release();
    writer.close();

    assertEquals(16, writer.dropped());
    assertEquals(5, out.taken.toString(UTF_8).lines().count());
  }

  @Test
  void lineLongerThanTheBufferIsDropped() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LineWriter writer = new LineWriter("test-log", out, 10, LONG);
    writer.write(line("eleven bytes"));
    writer.close();

    assertEquals(1, writer.dropped());
    assertEquals("", out.toString(UTF_8));
  }

  @Test
  void lineAfterCloseIsDropped() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LineWriter writer = new LineWriter("test-log", out, 100, LONG);
    writer.close();
    writer.write(line("late"));

    assertEquals(1, writer.dropped());
    assertEquals("", out.toString(UTF_8));
  }

  @Test
  void closeDoesNotWaitForeverForAReader() {
    StuckStream out = new StuckStream();
    LineWriter writer = new LineWriter("test-log", out, 100, Duration.ofMillis(20));
    writer.write(line("first"));
    out.awaitWrite();

    writer.close();

    assertEquals("", out.taken.toString(UTF_8));
    out.release();
  }

  @Test
  void brokenReaderEndsTheLogAndNothingElse() {
    LineWriter writer = new LineWriter("test-log", new FailingStream(), 100, LONG);
    writer.write(line("first"));
    writer.close();
    writer.write(line("second"));

    assertEquals(1, writer.dropped());
  }

  private static void writeLines(LineWriter writer, int thread) {
    IntStream.range(0, 1000).forEach(i -> writer.write(line(thread + "-" + i)));
  }

  private static byte[] line(String text) {
    return (text + "\n").getBytes(UTF_8);
  }

  /** Blocks the first write until released. */
  private static final class StuckStream extends OutputStream {
    final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final CountDownLatch writing = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    public void write(int b) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      writing.countDown();
      await(released);
      taken.write(bytes, offset, length);
    }

    void awaitWrite() {
      await(writing);
    }

    void release() {
      released.countDown();
    }

    private static void await(CountDownLatch latch) {
      try {
        assertTrue(latch.await(30, TimeUnit.SECONDS));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static final class FailingStream extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("broken pipe");
    }
  }
}
