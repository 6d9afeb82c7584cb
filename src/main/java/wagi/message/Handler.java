package wagi.message;

/** Answers requests. */
public interface Handler {
  /**
   * Answers now or later, on any thread. Called on an I/O thread: must not block.
   *
   * @param request whole, with its body
   */
  void handle(Request request, Responder responder);

  /**
   * Returns how many body bytes this request may bring. Asked once, before the body is read, with
   * an empty body in its place.
   */
  long bodyLimit(Request head);

  /**
   * Hears that a request was refused, since its body is larger than {@link #bodyLimit} allowed.
   * Called on an I/O thread: must not block.
   */
  default void bodyRefused(Request head) {}

  /**
   * Returns who takes one request, from its head to its end. Asked once, before all else, so that a
   * handler whose work passes to another one meanwhile never does half of a request.
   */
  default Handler forRequest() {
    return this;
  }
}
