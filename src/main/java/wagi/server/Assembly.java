package wagi.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import wagi.config.ListenAddress;
import wagi.config.Position;
import wagi.config.Problem;
import wagi.config.Site;
import wagi.gateway.Served;
import wagi.route.Route;
import wagi.route.RouteGroup;
import wagi.route.RouteTable;
import wagi.route.Unreachable;

/**
 * Everything a configuration asks for, loaded: which modules there are, and for each address which
 * routes lead to them.
 */
public record Assembly(List<SiteModules> sites) {
  /** One configuration file, loaded. */
  public record SiteModules(Site site, List<ServedModule> modules) {}

  static final Assembly NOTHING = new Assembly(List.of());

  public Assembly {
    sites = List.copyOf(sites);
  }

  /** Returns the site of this file, or null. */
  @Nullable SiteModules site(String file) {
    for (SiteModules site : sites) {
      if (site.site().file().equals(file)) {
        return site;
      }
    }
    return null;
  }

  /** Returns the site of {@code --config}, or null. */
  @Nullable SiteModules main() {
    return sites.isEmpty() || sites.getFirst().site().fragment() ? null : sites.getFirst();
  }

  /** Returns this with each site on one of these addresses as it was, if it was. */
  Assembly with(Set<ListenAddress> addresses, Assembly before) {
    return new Assembly(
        sites.stream()
            .map(
                site -> {
                  SiteModules old = before.site(site.site().file());
                  boolean fails = site.site().addresses().stream().anyMatch(addresses::contains);
                  boolean keeps = fails && old != null;
                  return keeps ? old : site;
                })
            .toList());
  }

  List<ServedModule> modulesOf(String file) {
    SiteModules site = site(file);
    return site == null ? List.of() : site.modules();
  }

  Set<ListenAddress> addresses() {
    return sites.stream()
        .flatMap(site -> site.site().addresses().stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * Returns the routes of each address, in the order of the sites. Who reaches one address reaches
   * those of all addresses on its port too.
   */
  Map<ListenAddress, RouteTable<Served>> tables() {
    Map<ListenAddress, RouteTable<Served>> tables = new LinkedHashMap<>();
    for (ListenAddress address : addresses()) {
      List<RouteGroup<Served>> groups =
          sites.stream()
              .filter(site -> site.site().addresses().stream().anyMatch(a -> serves(a, address)))
              .map(Assembly::group)
              .toList();
      tables.put(address, new RouteTable<>(groups));
    }
    return tables;
  }

  private static boolean serves(ListenAddress site, ListenAddress address) {
    return site.equals(address)
        || (site.isWildcard() && site.port() == address.port() && site.port() != 0);
  }

  private static RouteGroup<Served> group(SiteModules site) {
    List<Route<Served>> routes =
        site.modules().stream().flatMap(module -> module.routes().stream()).toList();
    return new RouteGroup<>(site.site().order(), site.site().file(), routes);
  }

  /**
   * Returns what is wrong with the files whose addresses cannot be had.
   *
   * @param failures why, of each such address
   */
  List<Problem> problems(Map<ListenAddress, String> failures) {
    List<Problem> found = new ArrayList<>();
    for (SiteModules site : sites) {
      for (ListenAddress address : site.site().addresses()) {
        String failure = failures.get(address);
        if (failure != null) {
          found.add(new Problem(Position.of(site.site().file()), failure));
        }
      }
    }
    return found;
  }

  /** Returns the routes that modules print and that no request can reach. */
  public List<Problem> warnings() {
    Set<Problem> found = new LinkedHashSet<>();
    for (RouteTable<Served> table : tables().values()) {
      for (Unreachable<Served> unreachable : table.unreachable()) {
        for (ServedModule module : modules()) {
          if (module.printed().contains(unreachable.route())) {
            found.add(warning(module, unreachable));
          }
        }
      }
    }
    return List.copyOf(found);
  }

  private static Problem warning(ServedModule module, Unreachable<Served> unreachable) {
    Route<Served> behind = unreachable.behind();
    boolean own = module.routes().contains(behind);
    return new Problem(
        module.settings().at("module"),
        "module "
            + module.settings().name()
            + ": _routes: \""
            + unreachable.route().pattern().text()
            + "\" is never reached: \""
            + behind.pattern().text()
            + (own
                ? "\" is printed after it; print the narrower route last"
                : "\" of module " + behind.target().module().name() + " comes first"));
  }

  private List<ServedModule> modules() {
    return sites.stream().flatMap(site -> site.modules().stream()).toList();
  }

  public int moduleCount() {
    return sites.stream().mapToInt(site -> site.modules().size()).sum();
  }

  public List<String> moduleNames() {
    return sites.stream()
        .flatMap(site -> site.modules().stream())
        .map(module -> module.settings().name())
        .toList();
  }

  /** One line of the routing table, in words. */
  public record RouteLine(
      String address,
      String route,
      List<String> hosts,
      List<String> methods,
      String module,
      String entrypoint,
      String file) {}

  /** Returns the routing table, the routes that modules print included, in match order. */
  public List<RouteLine> routeLines() {
    List<RouteLine> lines = new ArrayList<>();
    for (SiteModules site : sites) {
      for (ServedModule module : site.modules()) {
        for (Route<Served> route : module.routes()) {
          lines.add(
              new RouteLine(
                  String.join(" ", site.site().addresses().stream().map(Object::toString).toList()),
                  route.pattern().text(),
                  route.hosts(),
                  route.methods(),
                  module.settings().name(),
                  route.target().entrypoint(),
                  module.settings().file().toString()));
        }
      }
    }
    return lines;
  }
}
