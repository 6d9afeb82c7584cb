package wagi.gateway;

import java.util.List;
import wagi.engine.Outcome;
import wagi.engine.Rejection;
import wagi.message.ErrorAnswer;
import wagi.message.Headers;

/** What the client and the log are told when there is no answer of the guest's. */
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
      case QUEUE_FULL, QUEUE_TIMEOUT -> new ErrorAnswer(503, "the module is busy", SOON);
      case CLOSED -> new ErrorAnswer(503, "the server is stopping", SOON);
      case ENVIRONMENT_TOO_LARGE ->
          new ErrorAnswer(431, "the request's headers are too large for the module");
    };
  }

  /** Returns the outcome in words for the log: what happened, which limit, how to raise it. */
  static String words(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Exited e -> "exited " + e.code();
      case Outcome.Trapped t -> "trapped: " + t.message() + memory(t) + in(t.functions());
      case Outcome.StackExhausted s -> "its calls nested too deeply" + in(s.functions());
      case Outcome.DeadlinePassed d ->
          "stopped after " + seconds(d) + "; limits.timeout raises it";
      case Outcome.OutputLimitReached o ->
          "stopped after " + o.limitBytes() + " bytes of output; limits.output raises it";
      case Outcome.Cancelled c -> "stopped, the client is gone";
      case Outcome.NeverStarted n -> words(n.reason());
      case Outcome.HostFailed h -> "the host failed: " + h.cause();
    };
  }

  static String words(Rejection rejection) {
    return switch (rejection) {
      case QUEUE_FULL -> "not started, its queue is full; limits.queue raises it";
      case QUEUE_TIMEOUT -> "not started, waited too long; limits.queue_timeout raises it";
      case ENVIRONMENT_TOO_LARGE ->
          "not started, its environment is too large; limits.environment raises it";
      case CLOSED -> "not started, the server is stopping";
    };
  }

  private static String memory(Outcome.Trapped trapped) {
    return trapped.memoryRefused()
        ? " (it had been refused memory; limits.memory raises it)"
        : "";
  }

  private static String seconds(Outcome.DeadlinePassed passed) {
    return passed.timeout().toMillis() / 1000.0 + " s";
  }

  private static String in(List<String> functions) {
    return functions.isEmpty() ? "" : ", in " + String.join(" < ", functions);
  }
}
