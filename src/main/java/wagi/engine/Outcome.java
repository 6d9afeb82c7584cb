package wagi.engine;

import java.time.Duration;
import java.util.List;

/** How an invocation ended. */
public sealed interface Outcome {
  /** The entrypoint returned (0) or the guest called {@code proc_exit}. */
  record Exited(int code) implements Outcome {}

  /**
   * The guest trapped.
   *
   * @param functions the guest's functions on the stack, innermost first
   * @param memoryRefused it had been refused memory before, the likely reason
   */
  record Trapped(String message, List<String> functions, boolean memoryRefused)
      implements Outcome {}

  /** The guest's calls nested too deeply. */
  record StackExhausted(List<String> functions) implements Outcome {}

  record DeadlinePassed(Duration timeout) implements Outcome {}

  record OutputLimitReached(long limitBytes) implements Outcome {}

  /** Nobody waits for the answer any more. */
  record Cancelled() implements Outcome {}

  /** It waited in the queue and was given up. */
  record NeverStarted(Rejection reason, Limits limits) implements Outcome {}

  /** The host failed, not the guest. */
  record HostFailed(Throwable cause) implements Outcome {}

  /** Returns whether the guest could not do what it was asked for, and its time was wasted. */
  default boolean isFailure() {
    return switch (this) {
      case Exited e -> false;
      case Cancelled c -> false;
      case NeverStarted n -> false;
      case Trapped t -> true;
      case StackExhausted s -> true;
      case DeadlinePassed d -> true;
      case OutputLimitReached o -> true;
      case HostFailed h -> true;
    };
  }

  /** Returns the outcome for the log: what happened, which limit, how to raise it. */
  default String words() {
    return switch (this) {
      case Exited e -> "exited " + e.code();
      case Trapped t -> "trapped: " + t.message() + memory(t) + in(t.functions());
      case StackExhausted s -> "its calls nested too deeply" + in(s.functions());
      case DeadlinePassed d ->
          "stopped after " + seconds(d.timeout()) + "; limits.timeout raises it";
      case OutputLimitReached o ->
          "stopped after " + o.limitBytes() + " bytes of output; limits.output raises it";
      case Cancelled c -> "stopped, the client is gone";
      case NeverStarted n -> n.reason().words(n.limits());
      case HostFailed h -> "the host failed: " + h.cause();
    };
  }

  static String seconds(Duration time) {
    return time.toMillis() / 1000.0 + " s";
  }

  private static String memory(Trapped trapped) {
    return trapped.memoryRefused() ? " (it had been refused memory; limits.memory raises it)" : "";
  }

  private static String in(List<String> functions) {
    return functions.isEmpty() ? "" : ", in " + String.join(" < ", functions);
  }
}
