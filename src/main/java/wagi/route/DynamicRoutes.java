package wagi.route;

import java.util.List;

/** What a module's {@code _routes} export printed. */
public sealed interface DynamicRoutes {
  /** The routes in match order, which is the printed order backwards. */
  record Printed(List<DynamicRoute> routes) implements DynamicRoutes {}

  /** The module must not be served. */
  record Refused(List<Problem> problems) implements DynamicRoutes {}

  /**
   * One printed line.
   *
   * @param pattern below the module's own route
   * @param function the export that answers
   * @param line where it was printed, from 1
   */
  record DynamicRoute(RoutePattern pattern, String function, int line) {}

  /**
   * Why the module is refused.
   *
   * @param line from 1, or 0 when it is about the whole
   */
  record Problem(int line, String message) {}

  /**
   * Reads the output of {@code _routes}.
   *
   * @param configured the route of the module that printed it
   */
  static DynamicRoutes parse(byte[] printed, RoutePattern configured) {
    return new DynamicRoutesReader(configured).read(printed);
  }
}
