package wagi.engine;

/** Why an invocation was not taken, or was given up before it started. */
public enum Rejection implements Submission {
  QUEUE_FULL,
  QUEUE_TIMEOUT,
  /** All its time went by while it waited. */
  TIMEOUT,
  ENVIRONMENT_TOO_LARGE,
  NO_MEMORY,
  CLOSED;

  /** Returns the reason for the log: which limit, how far it goes, and what raises it. */
  public String words(Limits limits) {
    return "not started: "
        + switch (this) {
          case QUEUE_FULL -> "its queue of " + limits.queue() + " is full; limits.queue raises it";
          case QUEUE_TIMEOUT ->
              "it waited "
                  + Outcome.seconds(limits.queueTimeout())
                  + "; limits.queue_timeout raises it";
          case TIMEOUT ->
              "it waited " + Outcome.seconds(limits.timeout()) + "; limits.timeout raises it";
          case ENVIRONMENT_TOO_LARGE ->
              "its arguments and environment have more than "
                  + limits.environmentBytes()
                  + " bytes; limits.environment raises it";
          case NO_MEMORY ->
              "all guests have "
                  + MemoryBudget.ALLOCATED_PERCENT
                  + " % of the heap, the most; -Xmx raises it";
          case CLOSED -> "the server is stopping";
        };
  }
}
