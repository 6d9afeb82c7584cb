package wagi.gateway;

import org.jspecify.annotations.Nullable;
import wagi.cgi.CgiResponse;
import wagi.engine.Bound;
import wagi.engine.Outcome;
import wagi.engine.Rejection;
import wagi.message.Failure;
import wagi.message.IncidentKind;
import wagi.message.Limit;

/** Which limit a guest has reached, or how it failed. */
final class GuestIncident {
  private GuestIncident() {}

  /** Returns null where the client went away, which is its own affair. */
  static @Nullable IncidentKind of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Exited e -> Failure.EXIT;
      case Outcome.Trapped t -> Failure.TRAP;
      case Outcome.StackExhausted s -> Failure.STACK;
      case Outcome.DeadlinePassed d -> Limit.TIMEOUT;
      case Outcome.OutputLimitReached o -> Limit.OUTPUT;
      case Outcome.Cancelled c -> null;
      case Outcome.NeverStarted n -> of(n.reason());
      case Outcome.HostFailed h -> Failure.HOST;
    };
  }

  static IncidentKind of(Rejection rejection) {
    return switch (rejection) {
      case QUEUE_FULL -> Limit.QUEUE;
      case QUEUE_TIMEOUT -> Limit.QUEUE_TIMEOUT;
      case TIMEOUT -> Limit.TIMEOUT;
      case ENVIRONMENT_TOO_LARGE -> Limit.ENVIRONMENT;
      case NO_MEMORY -> Limit.HEAP;
      case CLOSED -> Failure.STOPPING;
    };
  }

  static IncidentKind of(Bound bound) {
    return switch (bound) {
      case MEMORY -> Limit.MEMORY;
      case HEAP -> Limit.HEAP;
      case NEW_MEMORY -> Limit.NEW_MEMORY;
      case STDERR -> Limit.STDERR;
      case OPEN_FILES -> Limit.OPEN_FILES;
      case CONCURRENCY -> Limit.CONCURRENCY;
      case GUESTS -> Limit.GUESTS;
      case BACKGROUND -> Limit.BACKGROUND;
    };
  }

  static IncidentKind of(CgiResponse.Malformed malformed) {
    return switch (malformed.defect()) {
      case BLOCK_TOO_LONG -> Limit.OUTPUT_HEADER;
      case NO_OUTPUT,
          NO_HEADER_BLOCK,
          NO_SUFFICIENT_FIELD,
          NOT_UTF8,
          BAD_STATUS,
          CONTROL_BYTE,
          REPEATED_FIELD,
          TOO_MANY_LINES ->
          Failure.ANSWER;
    };
  }
}
