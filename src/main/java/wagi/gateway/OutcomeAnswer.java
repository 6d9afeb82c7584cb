package wagi.gateway;

import wagi.engine.Outcome;
import wagi.engine.Rejection;
import wagi.message.ErrorAnswer;
import wagi.message.Headers;

/** What the client is told when there is no answer of the guest's. */
final class OutcomeAnswer {
  private static final Headers SOON = Headers.of("Retry-After", "1");

  private OutcomeAnswer() {}

  /** Returns the answer for a guest that ended without a usable one of its own. */
  static ErrorAnswer of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Exited e -> new ErrorAnswer(500, "the module failed");
      case Outcome.Trapped t -> new ErrorAnswer(500, "the module failed");
      case Outcome.StackExhausted s -> new ErrorAnswer(500, "the module failed");
      case Outcome.DeadlinePassed d -> new ErrorAnswer(504, "the module took too long");
      case Outcome.OutputLimitReached o -> new ErrorAnswer(502, "the module's answer is too long");
      case Outcome.Cancelled c -> new ErrorAnswer(503, "the request was given up", SOON);
      case Outcome.NeverStarted n -> of(n.reason());
      case Outcome.HostFailed h -> new ErrorAnswer(500, "the server failed");
    };
  }

  static ErrorAnswer of(Rejection rejection) {
    return switch (rejection) {
      case QUEUE_FULL, QUEUE_TIMEOUT, TIMEOUT, NO_MEMORY ->
          new ErrorAnswer(503, "the module is busy", SOON);
      case CLOSED -> new ErrorAnswer(503, "the server is stopping", SOON);
      case ENVIRONMENT_TOO_LARGE ->
          new ErrorAnswer(431, "the request's headers are too large for the module");
    };
  }
}
