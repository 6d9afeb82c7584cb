package wagi.config;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the modules of one file share.
 *
 * @param limits what stands below a module's own
 * @param environment what {@code --env} says, over every module's own
 */
record Scope(
    Lookup lookup,
    @Nullable Path modulesDir,
    Limits limits,
    Map<String, String> environment,
    Problems problems) {
  Scope withLimits(Limits other) {
    return new Scope(lookup, modulesDir, other, environment, problems);
  }

  ModuleFiles files() {
    return new ModuleFiles(modulesDir, lookup, problems);
  }
}
