package wagi.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wagi.config.ModuleSettings;
import wagi.config.Problem;
import wagi.config.SmokeSettings;
import wagi.engine.Engine;
import wagi.gateway.Answered;
import wagi.gateway.Gateway;
import wagi.gateway.GatewaySettings;
import wagi.gateway.RequestListener;
import wagi.gateway.StderrListener;
import wagi.message.Body;
import wagi.message.Connection;
import wagi.message.Headers;
import wagi.message.IncidentListener;
import wagi.message.Request;
import wagi.message.Target;
import wagi.route.RouteGroup;
import wagi.route.RouteTable;

/** Requests of our own to a module that serves nobody yet. They are in no access log. */
final class Rehearsal {
  private static final String TAIL = "/...";
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(10);
  private static final InetSocketAddress HERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 3000);
  private static final RequestListener NOBODY =
      new RequestListener() {
        @Override
        public void started(Request request) {}

        @Override
        public void finished(Answered answered) {}
      };

  private final Engine engine;
  private final StderrListener stderr;
  private final IncidentListener incidents;

  Rehearsal(Engine engine, StderrListener stderr, IncidentListener incidents) {
    this.engine = engine;
    this.stderr = stderr;
    this.incidents = incidents;
  }

  /** Asks what the module's smoke setting says; returns what is wrong with the answer, or null. */
  @Nullable Problem smoke(ServedModule module) {
    ModuleSettings settings = module.settings();
    SmokeSettings smoke = settings.smoke();
    if (smoke == null) {
      return null;
    }
    RehearsedAnswer answer = new RehearsedAnswer();
    Request request = request("smoke", settings, smoke.path());
    gateway(module, stderr).handle(request, answer);
    String went = answer.await(patience(settings));
    return answer.has(smoke.status())
        ? null
        : new Problem(
            settings.at("smoke"),
            "module "
                + settings.name()
                + ": smoke: "
                + request.method()
                + " "
                + smoke.path()
                + " "
                + went
                + ", expected "
                + smoke.status());
  }

  /** Runs the module so often that the JVM begins to compile it, whatever it answers. */
  void warmUp(ServedModule module, int times) {
    ModuleSettings settings = module.settings();
    if (!settings.warmUp()) {
      return;
    }
    SmokeSettings smoke = settings.smoke();
    String path = smoke == null ? path(settings.route()) : smoke.path();
    Gateway gateway = gateway(module, (id, name, route, text, cut) -> {});
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      RehearsedAnswer answer = new RehearsedAnswer();
      gateway.handle(request("warm-up", settings, path), answer);
      String unused = answer.await(LONGEST_WARM_UP);
      if (System.nanoTime() - start > LONGEST_WARM_UP.toNanos()) {
        return;
      }
    }
  }

  private Gateway gateway(ServedModule module, StderrListener guests) {
    RouteGroup<wagi.gateway.Served> group = new RouteGroup<>("", "", module.routes());
    return new Gateway(
        new RouteTable<>(List.of(group)),
        engine,
        new GatewaySettings(0, false, NOBODY, guests, incidents));
  }

  private static Duration patience(ModuleSettings settings) {
    Duration own = settings.limits().timeout();
    return own.compareTo(LONGEST) < 0 ? own.plusSeconds(1) : LONGEST;
  }

  private static String path(String route) {
    String base = route.endsWith(TAIL) ? route.substring(0, route.length() - TAIL.length()) : route;
    return base.isEmpty() ? "/" : base;
  }

  private static Request request(String id, ModuleSettings settings, String path) {
    List<String> methods = settings.methods();
    String host = settings.hosts().isEmpty() ? "localhost" : settings.hosts().getFirst();
    int mark = path.indexOf('?');
    Target target =
        mark < 0
            ? new Target(path, null)
            : new Target(path.substring(0, mark), path.substring(mark + 1));
    return new Request(
        id,
        methods.isEmpty() || methods.contains("GET") ? "GET" : methods.getFirst(),
        target,
        "HTTP/1.1",
        Headers.of("Host", host.replace("*", "smoke")),
        Body.EMPTY,
        new Connection("http", HERE, HERE));
  }
}
