package wagi.server;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wagi.config.ConfigException;
import wagi.config.Configuration;
import wagi.config.Problem;
import wagi.config.RejectedFile;
import wagi.config.Site;
import wagi.engine.Engine;
import wagi.gateway.StderrListener;
import wagi.message.IncidentListener;

/** Builds a new assembly beside the one that serves. */
final class Assembler {
  private static final Comparator<Assembly.SiteModules> ORDER =
      Comparator.comparing((Assembly.SiteModules modules) -> modules.site().order())
          .thenComparing(modules -> modules.site().file());

  private final Engine engine;
  private final StderrListener stderr;
  private final IncidentListener incidents;
  private final LoadListener listener;

  Assembler(
      Engine engine, StderrListener stderr, IncidentListener incidents, LoadListener listener) {
    this.engine = engine;
    this.stderr = stderr;
    this.incidents = incidents;
    this.listener = listener;
  }

  /**
   * Loads the modules of the {@code --config} file; null when there is no such file.
   *
   * @throws ConfigException with the problems of every module that cannot be served
   */
  Assembly.@Nullable SiteModules main(Configuration configuration, Assembly before)
      throws ConfigException {
    Site main = configuration.main();
    if (main == null) {
      return null;
    }
    return switch (loader(configuration).load(List.of(main), before).getFirst()) {
      case SiteLoader.Result.Loaded loaded -> loaded.modules();
      case SiteLoader.Result.Failed failed -> throw new ConfigException(failed.problems());
    };
  }

  /**
   * Loads the files of {@code --conf-dir}, each alone: a bad one stays as it was before.
   *
   * @param problems takes what is wrong
   */
  Assembly beside(
      Assembly.@Nullable SiteModules main,
      Configuration configuration,
      Assembly before,
      List<Problem> problems) {
    List<Assembly.SiteModules> fragments = new ArrayList<>();
    for (RejectedFile rejected : configuration.rejected()) {
      problems.addAll(rejected.problems());
      keep(before.site(rejected.file()), fragments);
    }
    List<Site> sites = configuration.sites().stream().filter(Site::fragment).toList();
    for (SiteLoader.Result result : loader(configuration).load(sites, before)) {
      switch (result) {
        case SiteLoader.Result.Loaded loaded -> fragments.add(loaded.modules());
        case SiteLoader.Result.Failed failed -> {
          problems.addAll(failed.problems());
          keep(before.site(failed.site().file()), fragments);
        }
      }
    }
    fragments.sort(ORDER);
    List<Assembly.SiteModules> all = new ArrayList<>();
    keep(main, all);
    all.addAll(fragments);
    return new Assembly(all);
  }

  private SiteLoader loader(Configuration configuration) {
    return new SiteLoader(
        new ModuleLoader(engine, configuration.server(), stderr, incidents), listener);
  }

  private static void keep(
      Assembly.@Nullable SiteModules modules, List<Assembly.SiteModules> sites) {
    if (modules != null) {
      sites.add(modules);
    }
  }
}
