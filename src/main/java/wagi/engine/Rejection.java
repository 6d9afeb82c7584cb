package wagi.engine;

/** Why an invocation was not taken, or was given up before it started. */
public enum Rejection implements Submission {
  QUEUE_FULL,
  QUEUE_TIMEOUT,
  ENVIRONMENT_TOO_LARGE,
  CLOSED
}
