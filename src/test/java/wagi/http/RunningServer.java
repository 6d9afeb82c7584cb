package wagi.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;
import wagi.message.Handler;
import wagi.message.Incident;
import wagi.message.Refusal;

/** A server on a port of its own, and what it refused. */
final class RunningServer implements AutoCloseable {
  final HttpServer server;
  final InetSocketAddress address;
  final Path spool;
  final BlockingQueue<Refusal> refusals = new LinkedBlockingQueue<>();
  final BlockingQueue<Incident> incidents = new LinkedBlockingQueue<>();

  RunningServer(Handler handler) throws IOException {
    this(handler, Duration.ofSeconds(30), 64L << 20);
  }

  RunningServer(Handler handler, ListenOptions options) throws IOException {
    this(handler, Duration.ofSeconds(30), 64L << 20, options);
  }

  RunningServer(Handler handler, Duration patience, ListenOptions options) throws IOException {
    this(handler, patience, 64L << 20, options);
  }

  /**
   * @param patience of every timeout
   */
  RunningServer(Handler handler, Duration patience, long spoolBytes) throws IOException {
    this(handler, patience, spoolBytes, ListenOptions.PLAIN);
  }

  /** A server that waits for nobody for long, and keeps no body on disk. */
  static RunningServer impatient(Handler handler) throws IOException {
    return new RunningServer(handler, Duration.ofMillis(300), 1);
  }

  private RunningServer(Handler handler, Duration patience, long spoolBytes, ListenOptions options)
      throws IOException {
    this(handler, patience, spoolBytes, options, peer -> false);
  }

  /** A server that takes some peers' word on who the client is. */
  static RunningServer trusting(
      Predicate<InetAddress> trusted, Handler handler, Duration patience, ListenOptions options)
      throws IOException {
    return new RunningServer(handler, patience, 64L << 20, options, trusted);
  }

  private RunningServer(
      Handler handler,
      Duration patience,
      long spoolBytes,
      ListenOptions options,
      Predicate<InetAddress> trusted)
      throws IOException {
    spool = Files.createTempDirectory("spool").resolve("private");
    server =
        new HttpServer(
            new HttpSettings(
                1, 100, patience, patience, patience, patience, spool, spoolBytes, trusted),
            refusals::add,
            incidents::add);
    address = server.listen(local(0), handler, options);
  }

  static InetSocketAddress local(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  RawClient connect() throws IOException {
    return new RawClient(address);
  }

  List<Path> spooledFiles() throws IOException {
    try (Stream<Path> files = Files.list(spool)) {
      return new CopyOnWriteArrayList<>(files.toList());
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.delete(spool);
    Files.delete(spool.getParent());
  }
}
