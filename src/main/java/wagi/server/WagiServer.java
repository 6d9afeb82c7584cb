package wagi.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wagi.config.ConfigException;
import wagi.config.Configuration;
import wagi.config.ListenAddress;
import wagi.config.ListenerSettings;
import wagi.config.ServerSettings;
import wagi.config.TlsSettings;
import wagi.engine.Engine;
import wagi.engine.EngineSettings;
import wagi.engine.HostCallListener;
import wagi.engine.HostModule;
import wagi.gateway.Gateway;
import wagi.gateway.GatewaySettings;
import wagi.gateway.Served;
import wagi.http.HttpServer;
import wagi.http.HttpSettings;
import wagi.http.HttpsRedirect;
import wagi.http.ListenOptions;
import wagi.http.tls.Tls;
import wagi.message.Handler;
import wagi.observe.Health;
import wagi.route.RouteGroup;
import wagi.route.RouteTable;
import wagi.wasi.WasiPreview1;
import wagi.wasi.WasiUnstable;

/** A server: modules loaded, then listening, then drained. */
public final class WagiServer implements AutoCloseable {
  private static final long UNROUTED_BODY_LIMIT = 10 << 20;

  /** All large request bodies together. */
  private static final long SPOOL_BYTES = 1L << 30;

  private final Configuration configuration;
  private final Observers observers;
  private final Engine engine;
  private final Assembly assembly;
  private final GatewaySettings gatewaySettings;
  private final @Nullable Tls tls;
  private final Map<ListenAddress, Handler> handlers = new LinkedHashMap<>();
  private final Map<InetSocketAddress, String> schemes = new LinkedHashMap<>();
  private @Nullable HttpServer http;

  private WagiServer(
      Configuration configuration,
      ServerOptions options,
      Observers observers,
      Engine engine,
      Assembly assembly)
      throws ConfigException {
    this.configuration = configuration;
    this.tls = TlsLoader.load(configuration.server().tls());
    gatewaySettings =
        new GatewaySettings(
            UNROUTED_BODY_LIMIT, options.dev(), observers.access(), observers.guests());
    this.observers = observers;
    this.engine = engine;
    this.assembly = assembly;
  }

  /**
   * Loads everything the configuration asks for; nothing listens yet.
   *
   * @throws ConfigException with the problems of the modules that cannot be served
   * @throws IOException when the guests' log directory cannot be used
   */
  public static WagiServer load(Configuration configuration, ServerOptions options)
      throws ConfigException, IOException {
    ServerSettings settings = configuration.server();
    Observers observers = new Observers(configuration.log(), options.accessLog());
    Engine engine =
        new Engine(
            new EngineSettings(
                settings.threads(), settings.guests(), hostModules(), listener(options.trace())));
    try {
      Assembly assembly =
          Assembly.load(configuration, engine, observers.guests(), options.progress());
      WagiServer server = new WagiServer(configuration, options, observers, engine, assembly);
      server.assemble();
      return server;
    } catch (ConfigException e) {
      engine.close();
      observers.close();
      throw e;
    }
  }

  private static List<HostModule> hostModules() {
    return List.of(WasiPreview1.module(), WasiUnstable.module());
  }

  private static @Nullable HostCallListener listener(@Nullable Consumer<String> trace) {
    if (trace == null) {
      return null;
    }
    return (module, function, arguments, result) -> {
      StringJoiner call = new StringJoiner(", ", module + "." + function + "(", ") = " + result);
      for (long argument : arguments) {
        call.add(Long.toString(argument));
      }
      trace.accept(call.toString());
    };
  }

  private void assemble() {
    for (Map.Entry<ListenAddress, RouteTable<Served>> table : assembly.tables().entrySet()) {
      RouteTable<Served> routes = table.getValue();
      Gateway gateway = new Gateway(routes, engine, gatewaySettings);
      Handler handler =
          new Health(
              configuration.server().health(),
              request -> routes.hasExact(request.host(), request.target().path()),
              gateway);
      handlers.put(table.getKey(), handler);
    }
  }

  public Assembly assembly() {
    return assembly;
  }

  /** Returns the handler of each address, for those who bring requests without a socket. */
  public Map<ListenAddress, Handler> handlers() {
    return Map.copyOf(handlers);
  }

  /** Returns a handler for the routes of one module alone, or null if there is none so named. */
  public @Nullable Handler handlerOf(String module) {
    for (Assembly.SiteModules site : assembly.sites()) {
      for (ServedModule served : site.modules()) {
        if (served.settings().name().equals(module)) {
          RouteGroup<Served> group = new RouteGroup<>("", site.site().file(), served.routes());
          return new Gateway(new RouteTable<>(List.of(group)), engine, gatewaySettings);
        }
      }
    }
    return null;
  }

  /**
   * Listens on every address.
   *
   * @return the true addresses
   * @throws IOException when an address cannot be had; the message names it
   */
  public List<InetSocketAddress> listen() throws IOException {
    HttpServer server = new HttpServer(httpSettings(), observers.access());
    http = server;
    ServerSettings all = configuration.server();
    List<InetSocketAddress> bound = new ArrayList<>();
    for (Map.Entry<ListenAddress, Handler> entry : handlers.entrySet()) {
      ListenerSettings how = all.listener(entry.getKey());
      ListenOptions options =
          new ListenOptions(how.plain() ? null : tls, how.proxyProtocol(), all.http2());
      InetSocketAddress at = server.listen(socket(entry.getKey()), entry.getValue(), options);
      bound.add(at);
      schemes.put(at, options.tls() == null ? "http" : "https");
    }
    TlsSettings settings = all.tls();
    if (settings != null && settings.redirectFrom() != null) {
      InetSocketAddress secure =
          bound.stream()
              .filter(at -> scheme(at).equals("https"))
              .findFirst()
              .orElseThrow(() -> new IOException("redirect_from: no listener speaks TLS"));
      server.listen(socket(settings.redirectFrom()), new HttpsRedirect(secure.getPort()));
    }
    return bound;
  }

  private static InetSocketAddress socket(ListenAddress address) throws IOException {
    return new InetSocketAddress(InetAddress.getByName(address.host()), address.port());
  }

  /** Returns how a bound address is spoken to: {@code http} or {@code https}. */
  public String scheme(InetSocketAddress bound) {
    return schemes.getOrDefault(bound, "http");
  }

  /**
   * Reads the certificates again.
   *
   * @return false when they are bad, which is logged; those in use stay
   */
  public boolean reloadCertificates() {
    return tls == null || tls.reload();
  }

  private HttpSettings httpSettings() throws IOException {
    ServerSettings settings = configuration.server();
    Path spool = Files.createTempDirectory("wagi-spool-");
    return new HttpSettings(
        Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
        settings.connections(),
        settings.keepAlive(),
        settings.headerTimeout(),
        settings.bodyTimeout(),
        settings.writeTimeout(),
        spool,
        SPOOL_BYTES,
        peer -> settings.trustedProxies().stream().anyMatch(range -> range.contains(peer)));
  }

  /** Stops accepting, lets requests finish for the drain time, then ends what is left. */
  public boolean drain() {
    if (http == null) {
      return true;
    }
    http.stopAccepting();
    Duration drain = configuration.server().drain();
    return http.awaitIdle(drain);
  }

  @Override
  public void close() {
    engine.close();
    if (http != null) {
      http.close();
    }
    observers.close();
  }
}
