package wagi.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wagi.cgi.Argv;
import wagi.cgi.CgiSettings;
import wagi.config.ArgvSettings;
import wagi.config.LimitSettings;
import wagi.config.ModuleSettings;
import wagi.config.Problem;
import wagi.config.ServerSettings;
import wagi.config.VolumeSettings;
import wagi.engine.CodeOrigin;
import wagi.engine.Engine;
import wagi.engine.GuestModule;
import wagi.engine.Instances;
import wagi.engine.Limits;
import wagi.engine.ModuleRefusedException;
import wagi.engine.Preopen;
import wagi.gateway.IgnoredLines;
import wagi.gateway.Served;
import wagi.gateway.StderrListener;
import wagi.message.IncidentListener;
import wagi.module.ModuleFile;
import wagi.module.ModuleFileException;
import wagi.route.DynamicRoutes;
import wagi.route.Route;
import wagi.route.RoutePattern;
import wagi.wasi.WritableVolumes;

/** Turns one configured module into a served one, or says what is wrong with it. */
final class ModuleLoader {
  /** How it went. */
  sealed interface Result {
    record Loaded(ServedModule module, long bytes, CodeOrigin codeOrigin) implements Result {
      LoadedModule after(Duration took) {
        return new LoadedModule(module.settings().name(), bytes, codeOrigin, took);
      }
    }

    record Failed(List<Problem> problems) implements Result {}
  }

  private final Engine engine;
  private final @Nullable String serverName;
  private final StderrListener stderr;
  private final Rehearsal rehearsal;
  private final int warmUp;

  ModuleLoader(
      Engine engine, ServerSettings server, StderrListener stderr, IncidentListener incidents) {
    this.engine = engine;
    this.serverName = server.name();
    this.stderr = stderr;
    this.rehearsal = new Rehearsal(engine, stderr, incidents);
    this.warmUp = server.warmUp();
  }

  private ModuleFile.Translations translations() {
    return new ModuleFile.Translations() {
      @Override
      public byte @Nullable [] get(String sha256) {
        return engine.kept(sha256);
      }

      @Override
      public void put(String sha256, byte[] wasm) {
        engine.keep(sha256, wasm);
      }
    };
  }

  /**
   * Loads a module, and lets it answer the first requests.
   *
   * @param before those that serve now: one that would be the same serves on
   */
  Result load(ModuleSettings settings, List<ServedModule> before) {
    try {
      ModuleFile file = ModuleFile.read(settings.file(), settings.digest(), translations());
      Origin origin = Origin.of(settings, file.digest(), serverName);
      for (ServedModule old : before) {
        if (old.origin().equals(origin) && old.settings().isLike(settings)) {
          ServedModule same = new ServedModule(settings, old.module(), old.routes(), origin);
          return new Result.Loaded(same, file.wasm().length, CodeOrigin.SHARED);
        }
      }
      return rehearsed(load(settings, file, origin));
    } catch (ModuleFileException e) {
      return failed(settings, "module", e.getMessage());
    }
  }

  private Result rehearsed(Result result) {
    if (!(result instanceof Result.Loaded loaded)) {
      return result;
    }
    Problem problem = rehearsal.smoke(loaded.module());
    if (problem != null) {
      return new Result.Failed(List.of(problem));
    }
    rehearsal.warmUp(loaded.module(), warmUp);
    return result;
  }

  private Result load(ModuleSettings settings, ModuleFile file, Origin origin) {
    try {
      GuestModule module =
          engine.load(settings.name(), file.wasm(), limits(settings.limits()), instances(settings));
      String problem = module.entrypointProblem(settings.entrypoint());
      if (problem != null) {
        return failed(settings, "entrypoint", problem);
      }
      boolean writes = settings.volumes().stream().anyMatch(VolumeSettings::write);
      String unsafe = writes ? WritableVolumes.problem() : null;
      if (unsafe != null) {
        return failed(settings, "volumes", "write = true cannot be kept safe here: " + unsafe);
      }
      return routes(settings, module, file.wasm().length, origin);
    } catch (ModuleRefusedException e) {
      return failed(settings, "module", settings.file() + ": " + e.getMessage());
    }
  }

  private Result routes(ModuleSettings settings, GuestModule module, long bytes, Origin origin) {
    RoutePattern configured = RoutePattern.parse(settings.route());
    List<Route<Served>> routes = new ArrayList<>();
    if (module.hasFunction(RoutesExport.NAME)) {
      DynamicRoutes printed = RoutesExport.call(engine, module, configured, stderr);
      if (printed instanceof DynamicRoutes.Refused refused) {
        return failed(settings, refused);
      }
      if (printed instanceof DynamicRoutes.Printed some) {
        List<Problem> problems = new ArrayList<>();
        for (DynamicRoutes.DynamicRoute route : some.routes()) {
          String problem = module.entrypointProblem(route.function());
          if (problem != null) {
            problems.add(problem(settings, "_routes line " + route.line() + ": " + problem));
          }
          routes.add(route(settings, route.pattern(), served(settings, module, route.function())));
        }
        if (!problems.isEmpty()) {
          return new Result.Failed(problems);
        }
      }
    }
    routes.add(route(settings, configured, served(settings, module, settings.entrypoint())));
    ServedModule served = new ServedModule(settings, module, routes, origin);
    return new Result.Loaded(served, bytes, module.origin());
  }

  private static Route<Served> route(ModuleSettings settings, RoutePattern pattern, Served served) {
    return new Route<>(pattern, settings.hosts(), settings.methods(), served);
  }

  private Served served(ModuleSettings settings, GuestModule module, String entrypoint) {
    LimitSettings limits = settings.limits();
    return new Served(
        module,
        entrypoint,
        argv(settings.argv()),
        new CgiSettings(serverName, settings.authorization(), settings.environment()),
        settings.volumes().stream()
            .map(v -> new Preopen(v.guestPath(), v.directory(), v.write()))
            .toList(),
        limits.body(),
        limits.outputHeader(),
        new IgnoredLines(settings.name()));
  }

  private static Instances instances(ModuleSettings settings) {
    return switch (settings.instances()) {
      case POOLED -> Instances.POOLED;
      case FRESH -> Instances.FRESH;
    };
  }

  private static Argv argv(ArgvSettings settings) {
    return switch (settings) {
      case ArgvSettings.Query q -> new Argv.Query();
      case ArgvSettings.Template template -> new Argv.Template(template.text());
      case ArgvSettings.Words words -> new Argv.Words(words.words());
    };
  }

  private static Limits limits(LimitSettings limits) {
    return new Limits(
        limits.timeout(),
        limits.queue(),
        limits.queueTimeout(),
        limits.memory(),
        limits.output(),
        limits.stderr(),
        limits.openFiles(),
        limits.environment(),
        limits.concurrency());
  }

  private static Result failed(ModuleSettings settings, DynamicRoutes.Refused refused) {
    return new Result.Failed(
        refused.problems().stream()
            .map(
                p ->
                    problem(
                        settings,
                        (p.line() == 0 ? "" : "_routes line " + p.line() + ": ") + p.message()))
            .toList());
  }

  private static Result failed(ModuleSettings settings, String key, @Nullable String message) {
    return new Result.Failed(
        List.of(new Problem(settings.at(key), "module " + settings.name() + ": " + message)));
  }

  private static Problem problem(ModuleSettings settings, String message) {
    return new Problem(settings.at("module"), "module " + settings.name() + ": " + message);
  }
}
