package wagi.server;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a server is asked beside its configuration.
 *
 * @param dev explain failures to the client
 * @param accessLog where the lines of the access log go
 * @param trace takes a line for every host call; null costs nothing
 * @param codeCache where compiled code is kept; null compiles everything at every start
 */
public record ServerOptions(
    boolean dev,
    LoadListener progress,
    OutputStream accessLog,
    @Nullable Consumer<String> trace,
    @Nullable Path codeCache) {}
