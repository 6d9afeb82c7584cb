package wagi.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * Clients that ask at fixed times, whatever the server does. A request's time counts from when it
 * should have been sent, so that one that is late makes those behind it late too. One thread is all
 * of them: as many threads would wait for each other's processor, and measure that.
 */
final class SteadyLoad implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final Selector selector = Selector.open();
  private final List<KeptConnection> connections = new ArrayList<>();
  private final PriorityQueue<KeptConnection> idle =
      new PriorityQueue<>(Comparator.comparingLong(connection -> connection.due));
  private final KeptConnection.Answer expected;
  private final List<String> failures = new ArrayList<>();

  SteadyLoad(InetSocketAddress address, String target, KeptConnection.Answer expected, int count)
      throws IOException {
    this.expected = expected;
    for (int i = 0; i < count; i++) {
      connections.add(new KeptConnection(address, target, selector));
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
    for (int i = 0; i < connections.size(); i++) {
      connections.get(i).due = start + intervalNanos * i / connections.size();
    }
    idle.clear();
    idle.addAll(connections);
    long end = start + time.toNanos();
    try {
      while (askTheDue(end)) {
        if (System.nanoTime() - end > PATIENCE_NANOS) {
          throw new AssertionError((connections.size() - idle.size()) + " were never answered");
        }
        selector.select(key -> read(key, intervalNanos, latencies), untilNext(end));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return latencies;
  }

  /** Returns whether there is more to do. */
  private boolean askTheDue(long end) {
    for (KeptConnection next = idle.peek(); next != null; next = idle.peek()) {
      if (next.due >= end) {
        return idle.size() < connections.size();
      }
      if (next.due > System.nanoTime()) {
        return true;
      }
      idle.remove();
      try {
        next.ask();
      } catch (IOException e) {
        failed(next, e);
      }
    }
    return true;
  }

  /** Those that are due within a millisecond are asked for together. */
  private long untilNext(long end) {
    KeptConnection next = idle.peek();
    long nanos = next == null || next.due >= end ? 0 : next.due - System.nanoTime();
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
  }

  private void read(SelectionKey key, long intervalNanos, Latencies latencies) {
    KeptConnection connection = (KeptConnection) key.attachment();
    try {
      connection
          .read()
          .ifPresent(
              answer -> {
                long now = System.nanoTime();
                latencies.add(now - connection.due);
                if (!answer.equals(expected)) {
                  failures.add(answer.toString());
                }
                connection.due = intervalNanos == 0 ? now : connection.due + intervalNanos;
                idle.add(connection);
              });
    } catch (IOException e) {
      failed(connection, e);
    }
  }

  /** Counts also an end between two requests, which a server should not need. */
  private void failed(KeptConnection connection, IOException cause) {
    failures.add(cause.toString());
    if (!idle.contains(connection)) {
      connection.due = System.nanoTime();
      idle.add(connection);
    }
  }

  @Override
  public void close() throws IOException {
    for (KeptConnection connection : connections) {
      connection.close();
    }
    selector.close();
  }
}
