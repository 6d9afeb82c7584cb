package wagi.engine;

/** An invocation that was taken: it waits or runs. */
public non-sealed interface Ticket extends Submission {
  /** Ends it wherever it is; the sink still hears the outcome. */
  void cancel();
}
