package wagi.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Clients that ask the same thing all the time, on connections that are kept. */
public final class Load implements AutoCloseable {
  private static final int KEPT_FOR = 50;

  private final InetSocketAddress address;
  private final byte[] request;
  private final Predicate<String> good;
  private final List<Thread> clients = new ArrayList<>();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean stopped;

  /**
   * @param good whether a body is right
   */
  public Load(InetSocketAddress address, String target, Predicate<String> good) {
    this.address = address;
    this.good = good;
    request = ("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(ISO_8859_1);
  }

  public Load start(int count) {
    for (int i = 0; i < count; i++) {
      clients.add(Thread.ofPlatform().daemon().start(this::ask));
    }
    return this;
  }

  public long answered() {
    return answered.get();
  }

  /** Returns how many connections nobody took. */
  public long refused() {
    return refused.get();
  }

  public List<String> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    stopped = true;
    for (Thread client : clients) {
      Await.until("the clients have stopped", () -> !client.isAlive());
    }
  }

  private void ask() {
    while (!stopped) {
      try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
        socket.setSoTimeout(20_000);
        converse(socket);
      } catch (ConnectException e) {
        refused.incrementAndGet();
        return;
      } catch (IOException e) {
        failures.add(e.toString());
        return;
      }
    }
  }

  private void converse(Socket socket) throws IOException {
    InputStream in = new BufferedInputStream(socket.getInputStream());
    for (int i = 0; i < KEPT_FOR && !stopped; i++) {
      socket.getOutputStream().write(request);
      String head = head(in, i);
      int length = Integer.parseInt(field(head, "content-length: "));
      String body = new String(in.readNBytes(length), ISO_8859_1);
      if (!head.startsWith("HTTP/1.1 200") || body.length() != length || !good.test(body)) {
        failures.add(head + body);
      }
      answered.incrementAndGet();
      if (head.contains("connection: close")) {
        return;
      }
    }
  }

  private static String head(InputStream in, int answers) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("ended after " + answers + " answers and '" + head + "'");
      }
      head.write(b);
    }
    String text = head.toString(ISO_8859_1);
    return text.substring(0, 12) + text.substring(12).toLowerCase(java.util.Locale.ROOT);
  }

  private static String field(String head, String name) {
    int start = head.indexOf(name);
    return start < 0 ? "0" : head.substring(start + name.length(), head.indexOf('\r', start));
  }
}
