package wagi.message;

/** Hears of requests that were refused before the handler saw them. */
public interface RefusalListener {
  /** Called on an I/O thread: must not block. */
  void refused(Refusal refusal);
}
