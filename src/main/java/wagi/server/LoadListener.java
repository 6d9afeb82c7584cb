package wagi.server;

/** Hears how loading goes, for a person who waits. Called from several threads. */
@FunctionalInterface
public interface LoadListener {
  /** A module is ready to run, as so many of all. */
  void loaded(LoadedModule module, int done, int total);
}
