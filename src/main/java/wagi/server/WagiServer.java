package wagi.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wagi.config.ConfigException;
import wagi.config.Configuration;
import wagi.config.Inputs;
import wagi.config.ListenAddress;
import wagi.config.Problem;
import wagi.config.ServerSettings;
import wagi.engine.Engine;
import wagi.engine.EngineSettings;
import wagi.engine.HostModule;
import wagi.gateway.GatewaySettings;
import wagi.http.HttpServer;
import wagi.http.HttpSettings;
import wagi.http.tls.Tls;
import wagi.message.Handler;
import wagi.wasi.WasiPreview1;
import wagi.wasi.WasiUnstable;

/** A server: modules loaded, then listening, then drained. */
public final class WagiServer implements AutoCloseable {
  private static final long UNROUTED_BODY_LIMIT = 10 << 20;

  /** All large request bodies together. */
  private static final long SPOOL_BYTES = 1L << 30;

  /** One alone gets too little of two processors that guests keep busy. */
  private static final int IO_THREADS = 2;

  private final Configuration started;
  private final Observers observers;
  private final Engine engine;
  private final Gateways gateways;
  private final Serving serving;
  private final @Nullable Tls tls;
  private final LifecycleListeners lifecycle = new LifecycleListeners();
  private final List<Problem> problems = new ArrayList<>();
  private volatile @Nullable HttpServer http;
  private volatile @Nullable Listeners listeners;

  private WagiServer(
      Configuration configuration, ServerOptions options, Observers observers, Engine engine)
      throws ConfigException {
    started = configuration;
    tls = TlsLoader.load(configuration.server().tls());
    gateways =
        new Gateways(
            engine,
            new GatewaySettings(
                UNROUTED_BODY_LIMIT,
                options.dev(),
                observers.access(),
                observers.guests(),
                observers.incidents()));
    this.observers = observers;
    this.engine = engine;
    Assembler assembler =
        new Assembler(engine, observers.guests(), observers.incidents(), options.progress());
    serving = new Serving(configuration, assembler, gateways);
  }

  /**
   * Loads everything the configuration asks for; nothing listens yet. What is wrong with a file of
   * {@code --conf-dir} concerns that file alone: see {@link #problems}.
   *
   * @throws ConfigException with the problems of the modules that cannot be served
   * @throws IOException when the guests' log directory cannot be used
   */
  public static WagiServer load(Configuration configuration, ServerOptions options)
      throws ConfigException, IOException {
    ServerSettings settings = configuration.server();
    Observers observers = new Observers(configuration.log(), options.accessLog());
    HostCallTrace trace = options.trace() == null ? null : new HostCallTrace(options.trace());
    Engine engine =
        new Engine(
            new EngineSettings(
                settings.threads(), settings.guests(), hostModules(), trace, options.codeCache()));
    try {
      WagiServer server = new WagiServer(configuration, options, observers, engine);
      server.serving.load(server.problems);
      engine.cleanUp();
      if (trace != null) {
        trace.loaded();
      }
      return server;
    } catch (ConfigException e) {
      engine.close();
      observers.close();
      throw e;
    }
  }

  static List<HostModule> hostModules() {
    return List.of(WasiPreview1.module(), WasiUnstable.module());
  }

  /** Adds one who hears of ready, reload and stop; before {@link #listen}. */
  public void addListener(LifecycleListener listener) {
    lifecycle.add(listener);
  }

  public Assembly assembly() {
    return serving.assembly();
  }

  /** Returns the handler of each address, for those who bring requests without a socket. */
  public Map<ListenAddress, Handler> handlers() {
    return serving.handlers();
  }

  /** Returns a handler for the routes of one module alone, or null if there is none so named. */
  public @Nullable Handler handlerOf(String module) {
    return gateways.ofModule(module, assembly());
  }

  /** Returns what is wrong with files of {@code --conf-dir}, which are not served, since start. */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  /**
   * Listens on every address; one that cannot be had is a problem, unless none can.
   *
   * @return the true addresses
   * @throws IOException when no address can be had; the message names one
   */
  public List<InetSocketAddress> listen() throws IOException {
    HttpServer server = new HttpServer(httpSettings(), observers.access(), observers.incidents());
    http = server;
    Listeners opened = new Listeners(server, started.server(), tls);
    listeners = opened;
    problems.addAll(serving.listen(opened));
    lifecycle.ready(status(problems()));
    return opened.bound();
  }

  /** Returns how a bound address is spoken to: {@code http} or {@code https}. */
  public String scheme(InetSocketAddress bound) {
    Listeners opened = listeners;
    return opened != null && opened.isSecure(bound) ? "https" : "http";
  }

  /**
   * Reads the certificates again.
   *
   * @return false when they are bad, which is logged; those in use stay
   */
  public boolean reloadCertificates() {
    return tls == null || tls.reload();
  }

  private String status(List<Problem> found) {
    int modules = assembly().moduleCount();
    String serving = "serving " + modules + (modules == 1 ? " module" : " modules");
    return switch (found.size()) {
      case 0 -> serving;
      case 1 -> serving + "; 1 problem: " + found.getFirst();
      default -> serving + "; " + found.size() + " problems, the first: " + found.getFirst();
    };
  }

  /**
   * Reads the configuration anew, builds all of it beside what serves, and lets it serve once it
   * can. What is not right stays as it was; requests under way end where they began.
   *
   * @param all false when only the files of {@code --conf-dir} are looked at
   */
  public synchronized Reload reload(ConfigurationSource source, Inputs inputs, boolean all) {
    lifecycle.reloading();
    if (all) {
      observers.reopen();
      reloadCertificates();
    }
    Reload reload = serving.replace(source, inputs, all);
    lifecycle.reloaded(status(reload.problems()), reload.changed());
    return reload;
  }

  private HttpSettings httpSettings() throws IOException {
    ServerSettings settings = started.server();
    Path spool = Files.createTempDirectory("wagi-spool-");
    return new HttpSettings(
        Math.max(IO_THREADS, Runtime.getRuntime().availableProcessors() / 2),
        settings.connections(),
        settings.keepAlive(),
        settings.headerTimeout(),
        settings.bodyTimeout(),
        settings.writeTimeout(),
        spool,
        SPOOL_BYTES,
        peer -> settings.trustedProxies().stream().anyMatch(range -> range.contains(peer)));
  }

  /**
   * Returns what keeps the server from serving, or null. Having much to do does not.
   *
   * @param lately how long an answer may take, and guests may rest while others wait
   */
  public @Nullable String problem(Duration lately) {
    HttpServer server = http;
    if (server == null || !server.answers(lately)) {
      return "the I/O threads have not answered for " + lately.toMillis() + " ms";
    }
    return engine.moves(lately) ? null : "guests have not moved for " + lately.toMillis() + " ms";
  }

  /** Returns how long requests under way may go on after {@link #drain}. */
  public Duration drainTime() {
    return serving.configuration().server().drain();
  }

  /** Stops accepting, lets requests finish for the drain time, then ends what is left. */
  public boolean drain() {
    HttpServer server = http;
    Listeners opened = listeners;
    if (server == null || opened == null) {
      return true;
    }
    lifecycle.stopping();
    opened.stop();
    return server.awaitIdle(drainTime());
  }

  @Override
  public void close() {
    engine.close();
    HttpServer server = http;
    if (server != null) {
      server.close();
    }
    observers.close();
  }
}
