package wagi.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import wagi.config.ModuleSettings;
import wagi.config.Problem;
import wagi.config.Site;

/** Loads the modules of sites, as many at a time as there are processors. */
final class SiteLoader {
  /** How it went with one file. */
  sealed interface Result {
    Site site();

    record Loaded(Assembly.SiteModules modules) implements Result {
      @Override
      public Site site() {
        return modules.site();
      }
    }

    record Failed(Site site, List<Problem> problems) implements Result {}
  }

  private final ModuleLoader loader;
  private final LoadListener listener;

  SiteLoader(ModuleLoader loader, LoadListener listener) {
    this.loader = loader;
    this.listener = listener;
  }

  /**
   * Loads each site, or finds everything that is wrong with it.
   *
   * @param before what may be used again where it is the same
   */
  List<Result> load(List<Site> sites, Assembly before) {
    int total = sites.stream().mapToInt(site -> site.modules().size()).sum();
    AtomicInteger done = new AtomicInteger();
    List<List<Future<ModuleLoader.Result>>> futures = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      for (Site site : sites) {
        List<ServedModule> old = before.modulesOf(site.file());
        List<Future<ModuleLoader.Result>> ofSite = new ArrayList<>();
        for (ModuleSettings module : site.modules()) {
          ofSite.add(threads.submit(() -> load(module, old, done, total)));
        }
        futures.add(ofSite);
      }
    }
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < sites.size(); i++) {
      results.add(gather(sites.get(i), futures.get(i)));
    }
    return results;
  }

  private ModuleLoader.Result load(
      ModuleSettings module, List<ServedModule> old, AtomicInteger done, int total) {
    long start = System.nanoTime();
    ModuleLoader.Result result = loader.load(module, old);
    if (result instanceof ModuleLoader.Result.Loaded loaded) {
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      listener.loaded(loaded.after(took), done.incrementAndGet(), total);
    }
    return result;
  }

  private static Result gather(Site site, List<Future<ModuleLoader.Result>> futures) {
    List<Problem> problems = new ArrayList<>();
    List<ServedModule> modules = new ArrayList<>();
    for (Future<ModuleLoader.Result> future : futures) {
      switch (result(future)) {
        case ModuleLoader.Result.Loaded loaded -> modules.add(loaded.module());
        case ModuleLoader.Result.Failed failed -> problems.addAll(failed.problems());
      }
    }
    return problems.isEmpty()
        ? new Result.Loaded(new Assembly.SiteModules(site, modules))
        : new Result.Failed(site, problems);
  }

  private static ModuleLoader.Result result(Future<ModuleLoader.Result> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("loading a module failed unexpectedly", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while loading modules", e);
    }
  }
}
