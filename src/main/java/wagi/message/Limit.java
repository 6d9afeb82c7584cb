package wagi.message;

import java.util.Locale;

/** Every limit that clients and guests can reach, by the key that sets it where there is one. */
public enum Limit implements IncidentKind {
  // Of a module: keys of [limits] and [module.limits].
  TIMEOUT,
  QUEUE,
  QUEUE_TIMEOUT,
  MEMORY,
  BODY,
  OUTPUT,
  OUTPUT_HEADER,
  STDERR,
  OPEN_FILES,
  ENVIRONMENT,
  CONCURRENCY(Effect.WAITS),

  // Of the server: keys of [server].
  GUESTS(Effect.WAITS),
  CONNECTIONS(Effect.WAITS),
  HEADER_TIMEOUT,
  BODY_TIMEOUT,
  WRITE_TIMEOUT,

  // Of the server, fixed or a matter of its heap, its disk and its system.
  BACKGROUND(Effect.WAITS),
  HEAP,
  NEW_MEMORY,
  REQUEST_LINE,
  HEADER_BLOCK,
  HEADER_FIELDS,
  BODY_MEMORY,
  BODY_DISK;

  private enum Effect {
    FAILS,
    WAITS
  }

  private final Effect effect;

  Limit() {
    this(Effect.FAILS);
  }

  Limit(Effect effect) {
    this.effect = effect;
  }

  @Override
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether all that happens is that requests wait, as they do whenever there is much to do. */
  public boolean onlyWaits() {
    return effect == Effect.WAITS;
  }
}
