package wagi.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One {@code [[module]]}, every default filled in.
 *
 * @param name unique in its file
 * @param file where the module's bytes are
 * @param hosts in lower case; empty for any
 * @param methods empty for any
 * @param environment in the order of declaration; what {@code --env} says has won
 * @param authorization whether the guest sees HTTP_AUTHORIZATION
 * @param volumes in the order of declaration, which is the order of descriptors
 * @param allowedHosts origins, or {@code insecure:allow-all}
 * @param httpMaxConcurrency 0 when not given
 * @param digest {@code sha256:} and 64 lower-case digits
 * @param smoke a request it must answer before it is served
 * @param warmUp whether made-up requests may be sent to it before the server is ready
 * @param positions of each key that was written, and of the table itself under ""
 */
public record ModuleSettings(
    String name,
    String route,
    Path file,
    List<String> hosts,
    List<String> methods,
    String entrypoint,
    ArgvSettings argv,
    Map<String, String> environment,
    boolean authorization,
    List<VolumeSettings> volumes,
    List<String> allowedHosts,
    int httpMaxConcurrency,
    @Nullable String digest,
    Instances instances,
    LimitSettings limits,
    @Nullable SmokeSettings smoke,
    boolean warmUp,
    Map<String, Position> positions) {
  public static final String STANDARD_ENTRYPOINT = "_start";

  /** Where a key stands, or the module when the key was not written. */
  public Position at(String key) {
    Position position = positions.get(key);
    return position == null ? at() : position;
  }

  /** Whether a module loaded for the other can serve for this one, its file being the same. */
  public boolean isLike(ModuleSettings other) {
    return withPositions(Map.of()).equals(other.withPositions(Map.of()));
  }

  private ModuleSettings withPositions(Map<String, Position> others) {
    return new ModuleSettings(
        name,
        route,
        file,
        hosts,
        methods,
        entrypoint,
        argv,
        environment,
        authorization,
        volumes,
        allowedHosts,
        httpMaxConcurrency,
        digest,
        instances,
        limits,
        smoke,
        warmUp,
        others);
  }

  public Position at() {
    Position position = positions.get("");
    if (position == null) {
      throw new IllegalStateException("module " + name + " has no position");
    }
    return position;
  }
}
