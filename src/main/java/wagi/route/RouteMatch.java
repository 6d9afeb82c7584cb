package wagi.route;

import java.util.List;

/** What a route table says about a request. */
public sealed interface RouteMatch<T> {
  /**
   * A route takes the request.
   *
   * @param scriptName the decoded part of the path that the route names
   * @param pathInfo the decoded rest; empty or beginning with a slash
   * @param rawPathInfo the rest as received
   */
  record Matched<T>(Route<T> route, String scriptName, String pathInfo, String rawPathInfo)
      implements RouteMatch<T> {}

  /** Routes match by host and path, none by method. */
  record MethodNotAllowed<T>(List<String> allow) implements RouteMatch<T> {}

  record NotFound<T>() implements RouteMatch<T> {}
}
