package wagi.server;

import java.time.Duration;
import wagi.engine.CodeOrigin;

/**
 * How loading a module went.
 *
 * @param bytes of the module
 * @param origin where its code came from
 */
public record LoadedModule(String name, long bytes, CodeOrigin origin, Duration took) {
  /** Returns where its code came from, in a word. */
  public String originText() {
    return switch (origin) {
      case COMPILED -> "compiled";
      case CACHED -> "cached";
      case SHARED -> "shared";
    };
  }
}
