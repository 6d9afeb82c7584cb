package wagi.route;

import java.util.List;

/**
 * What a request must look like to reach a target.
 *
 * @param hosts host names without ports, {@code *.} for every name below one; empty for any
 * @param methods empty for any; GET brings HEAD with it
 */
public record Route<T>(RoutePattern pattern, List<String> hosts, List<String> methods, T target) {
  public Route {
    hosts = List.copyOf(hosts);
    methods = List.copyOf(methods);
  }

  boolean allows(String method) {
    return methods.isEmpty()
        || methods.contains(method)
        || (method.equals("HEAD") && methods.contains("GET"));
  }
}
