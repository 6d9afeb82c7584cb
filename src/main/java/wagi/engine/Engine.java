package wagi.engine;

/** Loads modules and runs guests. */
public final class Engine implements AutoCloseable {
  /** Builds an engine with its guest threads. */
  public Engine(EngineSettings settings) {}

  @Override
  public void close() {}
}
