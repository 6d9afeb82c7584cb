package wagi.http;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the exchanges that have begun and not ended. */
final class InFlight {
  private final AtomicInteger count = new AtomicInteger();

  void enter() {
    count.incrementAndGet();
  }

  void leave() {
    count.decrementAndGet();
  }

  boolean none() {
    return count.get() == 0;
  }
}
