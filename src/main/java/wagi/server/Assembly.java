package wagi.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import wagi.config.ConfigException;
import wagi.config.Configuration;
import wagi.config.ListenAddress;
import wagi.config.ModuleSettings;
import wagi.config.Problem;
import wagi.config.Site;
import wagi.engine.Engine;
import wagi.gateway.Served;
import wagi.gateway.StderrListener;
import wagi.route.Route;
import wagi.route.RouteGroup;
import wagi.route.RouteTable;

/**
 * Everything a configuration asks for, loaded: which modules there are, and for each address which
 * routes lead to them.
 */
public record Assembly(List<SiteModules> sites) {
  /** One configuration file, loaded. */
  public record SiteModules(Site site, List<ServedModule> modules) {}

  /**
   * Loads all modules, as many at a time as there are processors.
   *
   * @throws ConfigException with the problems of every module that cannot be served
   */
  static Assembly load(
      Configuration configuration, Engine engine, StderrListener stderr, LoadListener listener)
      throws ConfigException {
    ModuleLoader loader = new ModuleLoader(engine, configuration.server().name(), stderr);
    int total = configuration.sites().stream().mapToInt(site -> site.modules().size()).sum();
    AtomicInteger done = new AtomicInteger();
    Map<ModuleSettings, Future<ModuleLoader.Result>> results = new LinkedHashMap<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      for (Site site : configuration.sites()) {
        for (ModuleSettings module : site.modules()) {
          results.put(
              module,
              threads.submit(
                  () -> {
                    long start = System.nanoTime();
                    ModuleLoader.Result result = loader.load(module);
                    if (result instanceof ModuleLoader.Result.Loaded loaded) {
                      Duration took = Duration.ofNanos(System.nanoTime() - start);
                      int number = done.incrementAndGet();
                      listener.loaded(module.name(), loaded.bytes(), took, number, total);
                    }
                    return result;
                  }));
        }
      }
    }
    return gather(configuration, results);
  }

  private static Assembly gather(
      Configuration configuration, Map<ModuleSettings, Future<ModuleLoader.Result>> results)
      throws ConfigException {
    List<Problem> problems = new ArrayList<>();
    List<SiteModules> sites = new ArrayList<>();
    for (Site site : configuration.sites()) {
      List<ServedModule> modules = new ArrayList<>();
      for (ModuleSettings settings : site.modules()) {
        switch (result(results.get(settings))) {
          case ModuleLoader.Result.Loaded loaded -> modules.add(loaded.module());
          case ModuleLoader.Result.Failed failed -> problems.addAll(failed.problems());
        }
      }
      sites.add(new SiteModules(site, modules));
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return new Assembly(sites);
  }

  private static ModuleLoader.Result result(@Nullable Future<ModuleLoader.Result> future) {
    if (future == null) {
      throw new IllegalStateException("a module nobody loaded");
    }
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("loading a module failed unexpectedly", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while loading modules", e);
    }
  }

  /** Returns the routes of each address, in the order of the sites. */
  Map<ListenAddress, RouteTable<Served>> tables() {
    Map<ListenAddress, List<RouteGroup<Served>>> groups = new LinkedHashMap<>();
    for (SiteModules site : sites) {
      List<Route<Served>> routes =
          site.modules().stream().flatMap(module -> module.routes().stream()).toList();
      for (ListenAddress address : site.site().addresses()) {
        groups
            .computeIfAbsent(address, a -> new ArrayList<>())
            .add(new RouteGroup<>(site.site().order(), site.site().file(), routes));
      }
    }
    Map<ListenAddress, RouteTable<Served>> tables = new LinkedHashMap<>();
    groups.forEach((address, group) -> tables.put(address, new RouteTable<>(group)));
    return tables;
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
                  site.site().listen().toString(),
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
