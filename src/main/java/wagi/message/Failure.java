package wagi.message;

import java.util.Locale;

/** How a request fails other than by a limit. */
public enum Failure implements IncidentKind {
  /** The guest ended itself with a code other than 0. */
  EXIT,
  TRAP,
  STACK,
  /** What the guest printed is no answer. */
  ANSWER,
  HOST,
  STOPPING;

  @Override
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
