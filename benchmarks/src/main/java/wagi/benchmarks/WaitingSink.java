package wagi.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.concurrent.CountDownLatch;
import wagi.engine.Engine;
import wagi.engine.GuestModule;
import wagi.engine.Invocation;
import wagi.engine.Outcome;
import wagi.engine.Sink;
import wagi.engine.Ticket;

/** Keeps what a guest prints, and lets one thread wait for its end. */
final class WaitingSink implements Sink {
  private final CountDownLatch ended = new CountDownLatch(1);
  private final byte[] output = new byte[256];

  // Written by the guest's thread, read after the latch.
  private int used;
  private Outcome outcome = new Outcome.Cancelled();

  /** Runs one request and returns how many bytes it printed. */
  static int run(Engine engine, GuestModule module, Invocation invocation)
      throws InterruptedException {
    return submit(engine, module, invocation).used;
  }

  /** Runs one request and returns the last line it printed. */
  static String lastLine(Engine engine, GuestModule module, Invocation invocation)
      throws InterruptedException {
    WaitingSink sink = submit(engine, module, invocation);
    String text = new String(sink.output, 0, sink.used, ISO_8859_1).stripTrailing();
    return text.substring(text.lastIndexOf('\n') + 1);
  }

  private static WaitingSink submit(Engine engine, GuestModule module, Invocation invocation)
      throws InterruptedException {
    WaitingSink sink = new WaitingSink();
    if (!(engine.submit(module, invocation, sink) instanceof Ticket)) {
      throw new IllegalStateException("the engine took no request");
    }
    sink.ended.await();
    if (!(sink.outcome instanceof Outcome.Exited exited) || exited.code() != 0 || sink.used == 0) {
      throw new IllegalStateException("the guest failed: " + sink.outcome.words());
    }
    return sink;
  }

  @Override
  public void stdout(byte[] bytes, int offset, int length) {
    if (used + length > output.length) {
      throw new IllegalStateException("a benchmark's guest prints little");
    }
    System.arraycopy(bytes, offset, output, used, length);
    used += length;
  }

  @Override
  public void stderr(byte[] bytes, int offset, int length) {}

  @Override
  public void waiting() {}

  @Override
  public void ended(Outcome newOutcome) {
    outcome = newOutcome;
    ended.countDown();
  }
}
