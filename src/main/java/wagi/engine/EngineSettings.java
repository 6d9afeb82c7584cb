package wagi.engine;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an engine is built with.
 *
 * @param threads guests computing at once
 * @param guests guests alive at once
 * @param trace hears of every host call; null, as in a server, costs nothing
 * @param codeCache a private directory for compiled code, made if missing; null compiles everything
 */
public record EngineSettings(
    int threads,
    int guests,
    List<HostModule> hostModules,
    @Nullable HostCallListener trace,
    @Nullable Path codeCache) {
  /** An engine that compiles everything. */
  public EngineSettings(
      int threads, int guests, List<HostModule> hostModules, @Nullable HostCallListener trace) {
    this(threads, guests, hostModules, trace, null);
  }
}
