package wagi.server;

import java.util.List;
import wagi.config.ModuleSettings;
import wagi.engine.GuestModule;
import wagi.gateway.Served;
import wagi.route.Route;

/**
 * A configured module, loaded.
 *
 * @param routes in match order: those it printed itself, then its configured one
 * @param origin what it was made from
 */
public record ServedModule(
    ModuleSettings settings, GuestModule module, List<Route<Served>> routes, Origin origin) {
  /** Returns the routes that it printed itself. */
  List<Route<Served>> printed() {
    return routes.subList(0, routes.size() - 1);
  }
}
