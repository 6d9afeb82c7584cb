package wagi.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wagi.config.ListenAddress;
import wagi.config.ListenerSettings;
import wagi.config.Position;
import wagi.config.Problem;
import wagi.config.ServerSettings;
import wagi.http.HttpServer;
import wagi.http.HttpsRedirect;
import wagi.http.ListenOptions;
import wagi.http.tls.Tls;
import wagi.message.ErrorAnswer;
import wagi.message.Handler;
import wagi.message.Headers;
import wagi.message.Request;
import wagi.message.Responder;

/**
 * The sockets, and which handler each has now. An address whose port is open for all addresses
 * shares that socket.
 */
final class Listeners {
  private static final Handler OPENING =
      new Handler() {
        @Override
        public void handle(Request request, Responder responder) {
          new ErrorAnswer(503, "the server is about to begin here", Headers.of("Retry-After", "1"))
              .sendTo(responder, request.id());
        }

        @Override
        public long bodyLimit(Request head) {
          return 0;
        }
      };

  private record Socket(InetSocketAddress bound, CurrentHandler handler, ListenOptions options) {}

  private final HttpServer http;
  private final ServerSettings settings;
  private final @Nullable Tls tls;
  private final Map<ListenAddress, Socket> open = new LinkedHashMap<>();
  private boolean stopped;

  Listeners(HttpServer http, ServerSettings settings, @Nullable Tls tls) {
    this.http = http;
    this.settings = settings;
    this.tls = tls;
  }

  /** Returns the true addresses. */
  synchronized List<InetSocketAddress> bound() {
    return open.values().stream().map(Socket::bound).toList();
  }

  private ListenOptions options(ListenAddress address) {
    ListenerSettings how = settings.listener(address);
    return new ListenOptions(how.plain() ? null : tls, how.proxyProtocol(), settings.http2());
  }

  /**
   * Sends those who come without TLS to the first address with it.
   *
   * @return what is wrong with that
   */
  synchronized List<Problem> redirect() {
    ListenAddress from = settings.tls() == null ? null : settings.tls().redirectFrom();
    if (from == null) {
      return List.of();
    }
    Position at = Position.of("server.tls.redirect_from");
    for (Socket socket : open.values()) {
      if (socket.options().tls() != null) {
        try {
          InetSocketAddress wanted = new InetSocketAddress(inet(from), from.port());
          http.listen(wanted, new HttpsRedirect(socket.bound().getPort()));
          return List.of();
        } catch (IOException e) {
          return List.of(new Problem(at, String.valueOf(e.getMessage())));
        }
      }
    }
    return List.of(
        new Problem(at, "no address speaks TLS, so there is nowhere to send clients to"));
  }

  /** Whether TLS is spoken there. */
  synchronized boolean isSecure(InetSocketAddress bound) {
    return open.values().stream()
        .anyMatch(socket -> socket.bound().equals(bound) && socket.options().tls() != null);
  }

  /**
   * Opens what is not open yet; nothing else closes, but for what holds a wanted port.
   *
   * @return why an address cannot be had, for those that cannot
   */
  synchronized Map<ListenAddress, String> open(Collection<ListenAddress> wanted) {
    Map<ListenAddress, String> failures = new LinkedHashMap<>();
    if (stopped) {
      return failures;
    }
    for (ListenAddress address : wanted) {
      ListenAddress socket = socketOf(address, wanted);
      if (!open.containsKey(socket)) {
        String failure = replace(socket, wanted);
        if (failure != null) {
          failures.put(address, failure);
        }
      }
    }
    return failures;
  }

  private @Nullable String replace(ListenAddress socket, Collection<ListenAddress> wanted) {
    List<ListenAddress> closing =
        open.keySet().stream()
            .filter(other -> sharesPort(other, socket))
            .filter(other -> !wanted.contains(other) || !socketOf(other, wanted).equals(other))
            .toList();
    closing.forEach(this::close);
    try {
      listen(socket);
      return null;
    } catch (IOException e) {
      for (ListenAddress other : closing) {
        reopen(other);
      }
      return e.getMessage();
    }
  }

  private void reopen(ListenAddress socket) {
    try {
      listen(socket);
    } catch (IOException e) {
      throw new IllegalStateException("the address we gave up is gone: " + socket, e);
    }
  }

  private void listen(ListenAddress address) throws IOException {
    InetSocketAddress wanted = new InetSocketAddress(inet(address), address.port());
    CurrentHandler handler = new CurrentHandler(OPENING);
    ListenOptions how = options(address);
    open.put(address, new Socket(http.listen(wanted, handler, how), handler, how));
  }

  private void close(ListenAddress address) {
    Socket socket = open.remove(address);
    if (socket != null) {
      http.stopListening(socket.bound());
    }
  }

  /** From now on these handlers have these addresses, and nothing else is open. */
  synchronized void serve(Map<ListenAddress, Handler> handlers) {
    if (stopped) {
      return;
    }
    Map<ListenAddress, Handler> bySocket = new LinkedHashMap<>();
    Set<ListenAddress> addresses = handlers.keySet();
    for (ListenAddress address : addresses) {
      ListenAddress socket = socketOf(address, addresses);
      bySocket.computeIfAbsent(socket, s -> handler(s, handlers));
    }
    bySocket.forEach(
        (address, handler) -> {
          Socket socket = open.get(address);
          if (socket != null) {
            socket.handler().become(handler);
          }
        });
    List<ListenAddress> gone =
        open.keySet().stream().filter(address -> !bySocket.containsKey(address)).toList();
    gone.forEach(this::close);
  }

  /** Nothing opens from now on. */
  synchronized void stop() {
    stopped = true;
    http.stopAccepting();
  }

  private static Handler handler(ListenAddress socket, Map<ListenAddress, Handler> handlers) {
    Map<InetAddress, Handler> sharing = new LinkedHashMap<>();
    handlers.forEach(
        (address, handler) -> {
          if (!address.equals(socket) && socketOf(address, handlers.keySet()).equals(socket)) {
            try {
              sharing.put(inet(address), handler);
            } catch (IOException e) {
              throw new IllegalStateException(address + " was known a moment ago", e);
            }
          }
        });
    Handler own = handlers.getOrDefault(socket, OPENING);
    return sharing.isEmpty() ? own : new AddressHandler(Map.copyOf(sharing), own);
  }

  /** Which socket an address has among these: its own, or that of all addresses on its port. */
  private static ListenAddress socketOf(ListenAddress address, Collection<ListenAddress> all) {
    if (address.port() == 0 || address.isWildcard()) {
      return address;
    }
    for (ListenAddress other : all) {
      if (other.isWildcard() && other.port() == address.port()) {
        return other;
      }
    }
    return address;
  }

  private static boolean sharesPort(ListenAddress one, ListenAddress other) {
    return one.port() == other.port()
        && one.port() != 0
        && (one.isWildcard() || other.isWildcard())
        && !one.equals(other);
  }

  static InetAddress inet(ListenAddress address) throws IOException {
    return InetAddress.getByName(address.host());
  }
}
