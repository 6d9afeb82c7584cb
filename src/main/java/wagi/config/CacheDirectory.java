package wagi.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the server keeps what it can make again, when no flag says so. */
public final class CacheDirectory {
  private static final String OWN = "wagi-server";

  private CacheDirectory() {}

  /**
   * Returns systemd's {@code CACHE_DIRECTORY} (the first, if it has several), or ours under {@code
   * XDG_CACHE_HOME} or {@code ~/.cache}; null if none is an absolute path.
   */
  public static @Nullable Path of(Map<String, String> environment, Path home) {
    String systemd = environment.getOrDefault("CACHE_DIRECTORY", "");
    int colon = systemd.indexOf(':');
    Path unit = absolute(colon < 0 ? systemd : systemd.substring(0, colon));
    if (unit != null) {
      return unit;
    }
    Path user = absolute(environment.getOrDefault("XDG_CACHE_HOME", ""));
    if (user != null) {
      return user.resolve(OWN);
    }
    return home.isAbsolute() ? home.resolve(".cache").resolve(OWN) : null;
  }

  /** The XDG specification has relative paths ignored. */
  private static @Nullable Path absolute(String text) {
    try {
      Path path = Path.of(text);
      return path.isAbsolute() ? path : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }
}
