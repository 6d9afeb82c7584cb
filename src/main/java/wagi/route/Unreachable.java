package wagi.route;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wagi.route.RouteTable.Candidate;

/**
 * A route that no request can reach.
 *
 * @param behind takes every request that would have been its own
 */
public record Unreachable<T>(Route<T> route, Route<T> behind) {

  static <T> List<Unreachable<T>> in(List<List<Candidate<T>>> groups) {
    List<Unreachable<T>> found = new ArrayList<>();
    for (int group = 0; group < groups.size(); group++) {
      List<Candidate<T>> candidates = groups.get(group);
      for (int i = 0; i < candidates.size(); i++) {
        Candidate<T> candidate = candidates.get(i);
        Route<T> behind = inItsGroup(candidates.subList(0, i), candidate);
        for (int before = 0; behind == null && before < group; before++) {
          behind = inGroupBefore(groups.get(before), candidate);
        }
        if (behind != null) {
          found.add(new Unreachable<>(candidate.route(), behind));
        }
      }
    }
    return found;
  }

  private static <T> @Nullable Route<T> inItsGroup(
      List<Candidate<T>> earlier, Candidate<T> candidate) {
    for (Candidate<T> other : earlier) {
      if (other.route().pattern().covers(candidate.route().pattern())
          && other.coversHostsAndMethodsOf(candidate)) {
        return other.route();
      }
    }
    return null;
  }

  /** Only the same pattern ties, and only its group's first match competes. */
  private static <T> @Nullable Route<T> inGroupBefore(
      List<Candidate<T>> group, Candidate<T> candidate) {
    for (Candidate<T> other : group) {
      RoutePattern pattern = other.route().pattern();
      if (pattern.equals(candidate.route().pattern())) {
        return other.coversHostsAndMethodsOf(candidate) ? other.route() : null;
      }
      if (pattern.covers(candidate.route().pattern())) {
        return null;
      }
    }
    return null;
  }
}
