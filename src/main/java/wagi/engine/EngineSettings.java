package wagi.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an engine is built with.
 *
 * @param threads guests computing at once
 * @param guests guests alive at once
 * @param trace hears of every host call; null, as in a server, costs nothing
 */
public record EngineSettings(
    int threads, int guests, List<HostModule> hostModules, @Nullable HostCallListener trace) {}
