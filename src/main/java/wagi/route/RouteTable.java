package wagi.route;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All routes of one listener. Within a group the first match wins; between groups the more specific
 * of their first matches, then the group's order, then its file name.
 */
public final class RouteTable<T> {
  private final List<List<Candidate<T>>> groups = new ArrayList<>();
  private final boolean asksForHosts;

  public RouteTable(List<RouteGroup<T>> groups) {
    List<RouteGroup<T>> sorted = new ArrayList<>(groups);
    sorted.sort(comparing((RouteGroup<T> g) -> g.order()).thenComparing(g -> g.file()));
    for (RouteGroup<T> group : sorted) {
      this.groups.add(group.routes().stream().map(Candidate::of).toList());
    }
    this.asksForHosts =
        this.groups.stream().flatMap(List::stream).anyMatch(c -> !c.hosts().isEmpty());
  }

  /**
   * Finds the route of a request.
   *
   * @param hostHeader as received
   * @param rawPath as received, without the query
   */
  public RouteMatch<T> match(String method, @Nullable String hostHeader, String rawPath) {
    String host = asksForHosts ? HostPattern.nameIn(hostHeader) : null;
    String path = PercentDecoding.decodeSegments(rawPath);
    Route<T> best = best(method, host, path);
    if (best != null) {
      String rest = best.pattern().rest(rawPath);
      return new RouteMatch.Matched<>(
          best, best.pattern().scriptName(), PercentDecoding.decode(rest), rest);
    }
    Set<String> allow = allowedMethods(host, path);
    return allow.isEmpty()
        ? new RouteMatch.NotFound<>()
        : new RouteMatch.MethodNotAllowed<>(List.copyOf(allow));
  }

  /** Returns whether a request for this path, of whatever method, belongs to an exact route. */
  public boolean hasExact(@Nullable String hostHeader, String path) {
    String host = asksForHosts ? HostPattern.nameIn(hostHeader) : null;
    Route<T> best = best(null, host, PercentDecoding.decodeSegments(path));
    return best != null && !best.pattern().isPrefix();
  }

  /** Returns the routes that no request can reach, in match order of their groups. */
  public List<Unreachable<T>> unreachable() {
    return Unreachable.in(groups);
  }

  private @Nullable Route<T> best(@Nullable String method, @Nullable String host, String path) {
    Route<T> best = null;
    for (List<Candidate<T>> group : groups) {
      Route<T> first = first(group, method, host, path);
      if (first != null && (best == null || first.pattern().isMoreSpecificThan(best.pattern()))) {
        best = first;
      }
    }
    return best;
  }

  private @Nullable Route<T> first(
      List<Candidate<T>> group, @Nullable String method, @Nullable String host, String path) {
    for (int i = 0; i < group.size(); i++) {
      Candidate<T> candidate = group.get(i);
      if (candidate.matches(host, path) && (method == null || candidate.route().allows(method))) {
        return candidate.route();
      }
    }
    return null;
  }

  private Set<String> allowedMethods(@Nullable String host, String path) {
    Set<String> methods = new LinkedHashSet<>();
    for (List<Candidate<T>> group : groups) {
      for (Candidate<T> candidate : group) {
        if (candidate.matches(host, path)) {
          methods.addAll(candidate.route().methods());
        }
      }
    }
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return methods;
  }

  /** A route with its hosts ready to compare. */
  record Candidate<T>(Route<T> route, List<HostPattern> hosts) {
    static <T> Candidate<T> of(Route<T> route) {
      return new Candidate<>(route, route.hosts().stream().map(HostPattern::parse).toList());
    }

    boolean matches(@Nullable String host, String path) {
      return route.pattern().matches(path) && matchesHost(host);
    }

    private boolean matchesHost(@Nullable String host) {
      if (hosts.isEmpty()) {
        return true;
      }
      for (int i = 0; host != null && i < hosts.size(); i++) {
        if (hosts.get(i).matches(host)) {
          return true;
        }
      }
      return false;
    }

    /** Returns whether every request of the other route, path aside, is one of this route too. */
    boolean coversHostsAndMethodsOf(Candidate<T> other) {
      return coversHostsOf(other) && coversMethodsOf(other.route());
    }

    private boolean coversHostsOf(Candidate<T> other) {
      if (hosts.isEmpty() || other.hosts.isEmpty()) {
        return hosts.isEmpty();
      }
      return other.hosts.stream().allMatch(name -> hosts.stream().anyMatch(h -> h.covers(name)));
    }

    private boolean coversMethodsOf(Route<T> other) {
      if (route.methods().isEmpty() || other.methods().isEmpty()) {
        return route.methods().isEmpty();
      }
      return other.methods().stream().allMatch(method -> route.allows(method));
    }
  }
}
