package wagi.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Clients that ask for the worst, each at once again when it is answered. */
final class HostileCrowd implements AutoCloseable {
  /** What they ask for, each kind of a module of its own. */
  enum Kind {
    LOOP("loop"),
    RECURSE("recurse"),
    ALLOCATE("grow"),
    SLEEP("sleep-forever"),
    FLOOD("huge-output"),
    READ_SLOWLY("huge-output"),
    TRAP("trap");

    final String guest;

    Kind(String guest) {
      this.guest = guest;
    }

    String path() {
      return "/" + name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int SLOW_BUFFER = 4096;
  private static final long SLOW_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final byte[] LENGTH = "content-length: ".getBytes(ISO_8859_1);

  private final InetSocketAddress address;
  private final Map<String, AtomicLong> answers = new ConcurrentHashMap<>();
  private final List<Socket> sockets = new ArrayList<>();
  private int clients;
  private volatile boolean stopped;

  HostileCrowd(InetSocketAddress address) {
    this.address = address;
  }

  /** A module for each kind, as the map of a server has it. */
  static String map(String guests) {
    StringBuilder map = new StringBuilder();
    for (Kind kind : Kind.values()) {
      map.append("[[module]]\nname = \"" + kind.path().substring(1) + "\"\nroute = \"")
          .append(kind.path())
          .append("\"\nmodule = \"" + guests + "/" + kind.guest + ".wasm\"\n")
          .append("limits = { timeout = \"2s\" }\n");
    }
    return map.toString();
  }

  /** Lets more of them in, as many of each kind, until they are so many. */
  HostileCrowd growTo(int count) {
    for (; clients < count; clients++) {
      Kind kind = Kind.values()[clients % Kind.values().length];
      Thread.ofVirtual().start(() -> ask(kind));
    }
    return this;
  }

  /** How each kind was answered, and how often. */
  String answered() {
    return new TreeMap<>(answers).toString();
  }

  /** Returns whether each kind has met a status, or the end of its connection, at least once. */
  boolean allAnswered() {
    return Arrays.stream(Kind.values())
        .allMatch(kind -> answers.keySet().stream().anyMatch(what -> what.startsWith(kind + " ")));
  }

  private void ask(Kind kind) {
    byte[] request =
        ("GET " + kind.path() + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(ISO_8859_1);
    byte[] buffer = new byte[kind == Kind.FLOOD ? 64 * 1024 : 1024];
    while (!stopped) {
      try (Socket socket = open(kind)) {
        boolean kept = true;
        while (kept && !stopped) {
          socket.getOutputStream().write(request);
          kept = read(kind, socket.getInputStream(), buffer);
        }
      } catch (IOException e) {
        count(kind, "broken");
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  private Socket open(Kind kind) throws IOException {
    Socket socket = new Socket();
    if (kind == Kind.READ_SLOWLY) {
      socket.setReceiveBufferSize(SLOW_BUFFER);
    }
    synchronized (sockets) {
      sockets.removeIf(Socket::isClosed);
      sockets.add(socket);
    }
    socket.connect(address);
    return socket;
  }

  /** Reads one answer, and forgets it; false when the connection is of no more use. */
  private boolean read(Kind kind, InputStream in, byte[] buffer) throws IOException {
    int count = in.read(buffer);
    if (count < 12) {
      count(kind, "nothing");
      return false;
    }
    String head = new String(buffer, 0, Math.min(count, 1024), ISO_8859_1);
    count(kind, head.substring(9, 12));
    if (head.startsWith("503", 9)) {
      LockSupport.parkNanos(RETRY_NANOS);
    }
    long left = left(head, count);
    while (left > 0 && count >= 0 && !stopped) {
      if (kind == Kind.READ_SLOWLY) {
        LockSupport.parkNanos(SLOW_PAUSE_NANOS);
      }
      count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      left -= count;
    }
    return left == 0;
  }

  private static long left(String head, int count) {
    String text = head.toLowerCase(Locale.ROOT);
    int at = text.indexOf(new String(LENGTH, ISO_8859_1));
    int end = text.indexOf("\r\n\r\n");
    if (at < 0 || end < at || text.contains("connection: close")) {
      return Long.MAX_VALUE;
    }
    int from = at + LENGTH.length;
    return end + 4 + Long.parseLong(text.substring(from, text.indexOf('\r', from))) - count;
  }

  private void count(Kind kind, String what) {
    answers.computeIfAbsent(kind + " " + what, w -> new AtomicLong()).incrementAndGet();
  }

  @Override
  public void close() throws IOException {
    stopped = true;
    synchronized (sockets) {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }
}
