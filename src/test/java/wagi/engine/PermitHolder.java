package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A guest whose answer takes its time, which is no waiting that it would tell of. */
record PermitHolder(CountDownLatch taken, CountDownLatch given) implements Sink, AutoCloseable {
  static PermitHolder of(Guests guests) throws ModuleRefusedException {
    PermitHolder holder = new PermitHolder(new CountDownLatch(1), new CountDownLatch(1));
    guests.engine().submit(guests.load("hello-c"), Guests.invocation("_start", ""), holder);
    await(holder.taken);
    return holder;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void started(Permit permit) {
    taken.countDown();
    await(given);
  }

  @Override
  public void stdout(byte[] bytes, int offset, int length) {}

  @Override
  public void stderr(byte[] bytes, int offset, int length) {}

  @Override
  public void waiting() {}

  @Override
  public void ended(Outcome outcome) {}

  @Override
  public void close() {
    given.countDown();
  }
}
