package wagi.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that ask at fixed times, whatever the server does. A request's time counts from when it
 * should have been sent, so that one that is late makes those behind it late too.
 */
final class SteadyLoad implements AutoCloseable {
  private final List<KeptConnection> connections = new ArrayList<>();
  private final KeptConnection.Answer expected;
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

  SteadyLoad(InetSocketAddress address, String target, KeptConnection.Answer expected, int count) {
    this.expected = expected;
    for (int i = 0; i < count; i++) {
      connections.add(new KeptConnection(address, target));
    }
  }

  /** Returns how many requests a second are answered when each follows the one before at once. */
  double capacity(Duration time) {
    return run(0, time).count() * 1e9 / time.toNanos();
  }

  /** Asks so often a second, over all connections. */
  Latencies atRate(double perSecond, Duration time) {
    return run((long) (1e9 * connections.size() / perSecond), time);
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  private Latencies run(long intervalNanos, Duration time) {
    Latencies latencies = new Latencies();
    long start = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < connections.size(); i++) {
      KeptConnection connection = connections.get(i);
      long first = start + intervalNanos * i / connections.size();
      threads.add(
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> ask(connection, first, start + time.toNanos(), intervalNanos, latencies)));
    }
    for (Thread thread : threads) {
      Await.until("the steady clients are done", () -> !thread.isAlive());
    }
    return latencies;
  }

  private void ask(
      KeptConnection connection, long first, long end, long intervalNanos, Latencies latencies) {
    for (long due = first; due < end; due += intervalNanos) {
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      if (intervalNanos == 0) {
        due = System.nanoTime();
      }
      try {
        KeptConnection.Answer answer = connection.ask();
        if (!answer.equals(expected)) {
          failures.add(answer.toString());
        }
      } catch (IOException e) {
        failures.add(e.toString());
      }
      latencies.add(System.nanoTime() - due);
    }
  }

  @Override
  public void close() throws IOException {
    for (KeptConnection connection : connections) {
      connection.close();
    }
  }
}
