package wagi.engine;

/** Unwinds a guest's stack because the host ends it; the outcome is known by then. */
final class GuestStopped extends RuntimeException {
  private static final long serialVersionUID = 1L;
  final transient Outcome outcome;

  GuestStopped(Outcome outcome) {
    super(outcome.toString(), null, false, false);
    this.outcome = outcome;
  }
}
