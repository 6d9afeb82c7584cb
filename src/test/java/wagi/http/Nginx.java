package wagi.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The nginx of the system's packages as a reverse proxy, on ports of its own. */
final class Nginx implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** How it passes requests on. One connection to us is kept for each way. */
  enum Front {
    /** As most have it: the body is read whole first, and then has a length. */
    BUFFERED("proxy_request_buffering on;"),
    /** The body is passed on as it comes: in chunks, where it came in chunks and not at once. */
    STREAMING("proxy_request_buffering off;"),
    /** As streaming, with all the headers that nginx drops unless told otherwise. */
    LENIENT(
        "proxy_request_buffering off; ignore_invalid_headers off; underscores_in_headers on;"
            + " proxy_set_header Host $http_host; proxy_set_header Connection '';");

    private final String directives;

    Front(String directives) {
      this.directives = directives;
    }
  }

  private static final String CONFIGURATION =
      """
      daemon off;
      master_process off;
      pid nginx.pid;
      error_log error.log;
      events { worker_connections 256; }
      http {
        access_log off;
        client_body_temp_path body;
        proxy_temp_path proxy;
        fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi;
        scgi_temp_path scgi;
        client_max_body_size 0;
        large_client_header_buffers 8 64k;
        lingering_close always;
        proxy_ignore_client_abort on;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
      """;

  private static final String SERVER =
      """
        upstream %1$s { server 127.0.0.1:%2$d; keepalive 1; }
        server {
          listen 127.0.0.1:%3$d;
          %4$s
          location / { proxy_pass http://%1$s; }
        }
      """;

  private final Process process;
  private final Path directory;
  private final Map<Front, Integer> ports;

  /**
   * @param directory an empty one
   * @param upstream where all requests go
   */
  Nginx(Path directory, InetSocketAddress upstream) throws IOException {
    this.directory = directory;
    ports = freePorts();
    StringBuilder text = new StringBuilder(CONFIGURATION);
    ports.forEach(
        (front, port) ->
            text.append(SERVER.formatted(front, upstream.getPort(), port, front.directives)));
    Path file = Files.writeString(directory.resolve("nginx.conf"), text.append("}\n"));
    process =
        new ProcessBuilder("nginx", "-e", "error.log", "-p", directory + "/", "-c", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile())
            .start();
    awaitListening();
  }

  private static Map<Front, Integer> freePorts() throws IOException {
    Map<Front, Integer> ports = new EnumMap<>(Front.class);
    List<ServerSocket> taken = new ArrayList<>();
    for (Front front : Front.values()) {
      ServerSocket socket = new ServerSocket(0, 1, RunningServer.local(0).getAddress());
      taken.add(socket);
      ports.put(front, socket.getLocalPort());
    }
    for (ServerSocket socket : taken) {
      socket.close();
    }
    return ports;
  }

  private void awaitListening() throws IOException {
    long start = System.nanoTime();
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(at(Front.LENIENT));
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() - start > PATIENCE_NANOS) {
          close();
          throw new IOException("nginx does not listen: " + log(), e);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
  }

  private InetSocketAddress at(Front front) {
    return RunningServer.local(Objects.requireNonNull(ports.get(front)));
  }

  RawClient connect(Front front) throws IOException {
    return new RawClient(at(front));
  }

  /** Returns what it had to say. */
  String log() throws IOException {
    return Files.readString(directory.resolve("output"))
        + Files.readString(directory.resolve("error.log"));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_NANOS, TimeUnit.NANOSECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
