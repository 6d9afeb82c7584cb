package wagi.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the command line names.
 *
 * @param environment {@code --env} over {@code --env-file}; wins over every module's own
 * @param strict unknown keys are problems
 * @param workingDirectory absolute; the second place relative paths are looked up in
 * @param listen the texts of {@code --listen}
 */
public record ConfigSources(
    @Nullable Path config,
    @Nullable Path confDir,
    @Nullable Path settings,
    @Nullable Path modulesDir,
    Map<String, String> environment,
    boolean strict,
    Path workingDirectory,
    List<String> listen) {
  public ConfigSources {
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    listen = List.copyOf(listen);
  }

  /** Nothing but a working directory; add with the methods below. */
  public static ConfigSources in(Path workingDirectory) {
    return new ConfigSources(null, null, null, null, Map.of(), false, workingDirectory, List.of());
  }

  public ConfigSources withConfig(Path file) {
    return new ConfigSources(
        file, confDir, settings, modulesDir, environment, strict, workingDirectory, listen);
  }

  public ConfigSources withConfDir(Path directory) {
    return new ConfigSources(
        config, directory, settings, modulesDir, environment, strict, workingDirectory, listen);
  }

  public ConfigSources withSettings(Path file) {
    return new ConfigSources(
        config, confDir, file, modulesDir, environment, strict, workingDirectory, listen);
  }

  public ConfigSources withModulesDir(Path directory) {
    return new ConfigSources(
        config, confDir, settings, directory, environment, strict, workingDirectory, listen);
  }

  public ConfigSources withEnvironment(Map<String, String> variables) {
    return new ConfigSources(
        config, confDir, settings, modulesDir, variables, strict, workingDirectory, listen);
  }

  public ConfigSources withStrict(boolean on) {
    return new ConfigSources(
        config, confDir, settings, modulesDir, environment, on, workingDirectory, listen);
  }

  /** Adds addresses to those there are. */
  public ConfigSources withListen(String... texts) {
    List<String> all = new ArrayList<>(listen);
    all.addAll(List.of(texts));
    return new ConfigSources(
        config, confDir, settings, modulesDir, environment, strict, workingDirectory, all);
  }

  /** A path of the command line, as a file. */
  Path resolve(Path path) {
    return workingDirectory.resolve(path);
  }
}
