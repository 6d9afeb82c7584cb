package wagi.server;

import java.time.Duration;

/** Hears how loading goes, for a person who waits. Called from several threads. */
@FunctionalInterface
public interface LoadListener {
  /** A module is ready to run. */
  void loaded(String module, long bytes, Duration took, int done, int total);
}
