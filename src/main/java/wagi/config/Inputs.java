package wagi.config;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The files that a reading looked at, those it looked for in vain too: when one of them changes,
 * reading again may give something else.
 */
public final class Inputs {
  private final Set<Path> server = new LinkedHashSet<>();
  private final Set<Path> fragments = new LinkedHashSet<>();

  /** Of {@code --config} and {@code --settings}, and what they name. */
  public Set<Path> server() {
    return server;
  }

  /** {@code --conf-dir}, its files, and what they name. */
  public Set<Path> fragments() {
    return fragments;
  }
}
