package wagi.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wagi.config.Configuration;
import wagi.config.ListenAddress;
import wagi.engine.Engine;
import wagi.gateway.Gateway;
import wagi.gateway.GatewaySettings;
import wagi.gateway.Served;
import wagi.message.Handler;
import wagi.observe.Health;
import wagi.route.RouteGroup;
import wagi.route.RouteTable;

/** The handlers of what is served; all run their guests in one engine. */
record Gateways(Engine engine, GatewaySettings settings) {
  /** Returns the handler of each address. */
  Map<ListenAddress, Handler> of(Configuration configuration, Assembly assembly) {
    Map<ListenAddress, Handler> handlers = new LinkedHashMap<>();
    for (Map.Entry<ListenAddress, RouteTable<Served>> table : assembly.tables().entrySet()) {
      RouteTable<Served> routes = table.getValue();
      Handler handler =
          new Health(
              configuration.server().health(),
              request -> routes.hasExact(request.host(), request.target().path()),
              new Gateway(routes, engine, settings));
      handlers.put(table.getKey(), handler);
    }
    return handlers;
  }

  /** Returns a handler for the routes of one module alone, or null if there is none so named. */
  @Nullable Handler ofModule(String module, Assembly assembly) {
    for (Assembly.SiteModules site : assembly.sites()) {
      for (ServedModule served : site.modules()) {
        if (served.settings().name().equals(module)) {
          RouteGroup<Served> group = new RouteGroup<>("", site.site().file(), served.routes());
          return new Gateway(new RouteTable<>(List.of(group)), engine, settings);
        }
      }
    }
    return null;
  }
}
