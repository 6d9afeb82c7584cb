package wagi.config;

import java.util.ArrayList;
import java.util.List;

/** Finds routes that no request can reach. */
final class RouteConflicts {
  private static final String TAIL = "/...";

  private final Problems problems;

  RouteConflicts(Problems problems) {
    this.problems = problems;
  }

  /** Within a file the first match wins, as in WAGI. */
  void within(List<ModuleSettings> modules) {
    for (int later = 1; later < modules.size(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        if (reportWithin(modules.get(earlier), modules.get(later))) {
          break;
        }
      }
    }
  }

  private boolean reportWithin(ModuleSettings earlier, ModuleSettings later) {
    if (!coversMethods(earlier, later)) {
      return false;
    }
    if (earlier.route().equals(later.route())) {
      return reportSame(earlier, later);
    }
    if (!coversHosts(earlier, later) || !coversPath(earlier.route(), later.route())) {
      return false;
    }
    problems.warn(
        later.at("route"),
        "route: "
            + Quote.of(later.route())
            + " is never reached: "
            + Quote.of(earlier.route())
            + " at line "
            + earlier.at("route").line()
            + " comes first; put the narrower route first");
    return true;
  }

  /** Between files of one listener the more exact route wins, so only equal ones collide. */
  void between(List<Site> sites) {
    for (int later = 1; later < sites.size(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        if (sites.get(earlier).overlaps(sites.get(later))) {
          between(sites.get(earlier), sites.get(later));
        }
      }
    }
  }

  private void between(Site earlier, Site later) {
    for (ModuleSettings module : later.modules()) {
      for (ModuleSettings other : earlier.modules()) {
        boolean same = other.route().equals(module.route()) && coversMethods(other, module);
        if (same && reportSame(other, module)) {
          break;
        }
      }
    }
  }

  private boolean reportSame(ModuleSettings earlier, ModuleSettings later) {
    List<String> shared = new ArrayList<>(later.hosts());
    shared.retainAll(earlier.hosts());
    boolean all = coversHosts(earlier, later);
    if (!all && shared.isEmpty()) {
      return false;
    }
    Position first = earlier.at("route");
    boolean sameFile = first.file().equals(later.at("route").file());
    problems.warn(
        later.at("route"),
        "route: "
            + Quote.of(later.route())
            + (all ? "" : " on " + String.join(", ", shared))
            + " is already served by "
            + Quote.of(earlier.name())
            + (sameFile ? " at line " + first.line() : " of " + first)
            + ", which keeps it");
    return true;
  }

  private static boolean coversHosts(ModuleSettings earlier, ModuleSettings later) {
    if (earlier.hosts().isEmpty()) {
      return true;
    }
    return !later.hosts().isEmpty() && earlier.hosts().containsAll(later.hosts());
  }

  /** Modules of one route may share it by methods. */
  private static boolean coversMethods(ModuleSettings earlier, ModuleSettings later) {
    if (earlier.methods().isEmpty()) {
      return true;
    }
    // GET brings HEAD with it.
    return !later.methods().isEmpty()
        && later.methods().stream()
            .allMatch(
                method ->
                    earlier.methods().contains(method)
                        || (method.equals("HEAD") && earlier.methods().contains("GET")));
  }

  private static boolean coversPath(String earlier, String later) {
    if (!earlier.endsWith(TAIL)) {
      return false;
    }
    String prefix = earlier.substring(0, earlier.length() - TAIL.length());
    String path = later.endsWith(TAIL) ? later.substring(0, later.length() - TAIL.length()) : later;
    return path.equals(prefix) || path.startsWith(prefix + "/");
  }
}
