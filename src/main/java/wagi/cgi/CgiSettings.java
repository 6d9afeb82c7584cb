package wagi.cgi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wagi.route.HostPort;

/** What a module's environment owes to the configuration and not to the request. */
public final class CgiSettings {
  private final @Nullable HostPort server;
  private final boolean authorization;
  private final Set<String> names;
  private final List<String> entries;
  private final long characters;

  /**
   * Prepares the part of the environment that is the same in every request.
   *
   * @param serverName {@code host} or {@code host:port} for requests without a usable Host header
   * @param authorization whether the guest sees the Authorization header
   * @param environment the operator's own variables, in the order the guest shall see them
   */
  public CgiSettings(
      @Nullable String serverName, boolean authorization, Map<String, String> environment) {
    this.server = serverName == null ? null : parse(serverName);
    this.authorization = authorization;
    this.names = Set.copyOf(environment.keySet());
    List<String> kept = new ArrayList<>();
    environment.forEach(
        (name, value) -> {
          if (!CgiEnvironment.ALWAYS_OURS.contains(name)) {
            kept.add(CgiEnvironment.entry(name, value));
          }
        });
    this.entries = List.copyOf(kept);
    long inEntries = kept.stream().mapToLong(entry -> entry.length() + 1L).sum();
    characters = inEntries + (serverName == null ? 0 : 2L * serverName.length());
  }

  @Nullable HostPort server() {
    return server;
  }

  boolean authorization() {
    return authorization;
  }

  /** Returns whether the operator has given this variable. */
  boolean sets(String name) {
    return names.contains(name);
  }

  /** Returns the operator's variables, without those that every request sets anew. */
  List<String> entries() {
    return entries;
  }

  /** Returns how much the entries and the server's name add to an environment. */
  long characters() {
    return characters;
  }

  private static HostPort parse(String serverName) {
    HostPort parsed = HostPort.parse(serverName);
    if (parsed == null) {
      throw new IllegalArgumentException(
          "server name must be host or host:port, found \"" + serverName + "\"");
    }
    return parsed;
  }
}
