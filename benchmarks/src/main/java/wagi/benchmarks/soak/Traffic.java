package wagi.benchmarks.soak;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Clients, each with a connection, that take the next request when it is due. */
final class Traffic implements AutoCloseable {
  private static final int CLIENTS = 64;
  private static final int HOSTILE_EVERY = 20;

  private final int port;
  private final ModuleMap map;
  private final double perSecond;
  private final Tally tally = new Tally();
  private final AtomicLong turn = new AtomicLong();
  private final List<Thread> clients = new ArrayList<>();
  private final long startedAt = System.nanoTime();
  private volatile boolean ended;
  private double seconds;

  /**
   * Begins.
   *
   * @param perSecond how many requests, or infinity for as many as are answered
   */
  Traffic(int port, ModuleMap map, double perSecond) {
    this.port = port;
    this.map = map;
    this.perSecond = perSecond;
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(Thread.ofVirtual().start(this::run));
    }
  }

  Tally tally() {
    return tally;
  }

  double reachedPerSecond() {
    return tally.requests() / seconds;
  }

  private void run() {
    try (Connection connection = new Connection(port)) {
      while (!ended) {
        long number = turn.getAndIncrement();
        long due = startedAt + (long) (number / perSecond * 1e9);
        for (long early = due - System.nanoTime();
            early > 0 && !ended;
            early = due - System.nanoTime()) {
          LockSupport.parkNanos(early);
        }
        if (!ended) {
          boolean polite = number % HOSTILE_EVERY != 0;
          List<Visit> visits = polite ? Visit.POLITE : Visit.HOSTILE;
          long place = polite ? number : number / HOSTILE_EVERY;
          visit(connection, visits.get((int) (place % visits.size())), polite);
        }
      }
    } catch (IOException e) {
      // The connection could not be closed: nothing is lost.
    }
  }

  private void visit(Connection connection, Visit visit, boolean polite) {
    int least = map.least();
    long before = System.nanoTime();
    long micros;
    String wrong;
    try {
      Connection.Answer answer = connection.exchange(visit.request());
      micros = (System.nanoTime() - before) / 1000;
      wrong = visit.check().apply(new Visit.Arrived(answer, micros / 1000, least, map.most()));
    } catch (IOException e) {
      micros = (System.nanoTime() - before) / 1000;
      wrong = "no answer: " + e;
      LockSupport.parkNanos(100_000_000); // a server that is gone is not asked in a tight loop
    }
    tally.count(visit.name(), polite, micros, wrong);
  }

  /** Ends when every request under way is answered. */
  @Override
  public void close() {
    ended = true;
    for (Thread client : clients) {
      LockSupport.unpark(client);
      try {
        client.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    seconds = (System.nanoTime() - startedAt) / 1e9;
  }
}
