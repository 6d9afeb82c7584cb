package wagi.engine;

/** Why an invocation was not taken, or was given up before it started. */
public enum Rejection implements Submission {
  QUEUE_FULL("its queue is full; limits.queue raises it"),
  QUEUE_TIMEOUT("it waited too long; limits.queue_timeout raises it"),
  ENVIRONMENT_TOO_LARGE("its environment is too large; limits.environment raises it"),
  NO_MEMORY("guests' memories take as much of the heap as they may; -Xmx raises it"),
  CLOSED("the server is stopping");

  private final String reason;

  Rejection(String reason) {
    this.reason = reason;
  }

  /** Returns the reason for the log. */
  public String words() {
    return "not started: " + reason;
  }
}
