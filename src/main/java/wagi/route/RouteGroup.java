package wagi.route;

import java.util.List;

/**
 * The routes of one file, the first match first.
 *
 * @param order decides between files that match equally well, before their names do
 */
public record RouteGroup<T>(String order, String file, List<Route<T>> routes) {
  public RouteGroup {
    routes = List.copyOf(routes);
  }
}
