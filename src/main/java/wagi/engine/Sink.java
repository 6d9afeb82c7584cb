package wagi.engine;

import java.io.IOException;

/** Takes what a guest says. Output arrives on the guest's thread and may be blocked there. */
public interface Sink {
  /**
   * Takes bytes of standard output; the array is the guest's memory and must not be kept.
   *
   * @throws IOException when nobody reads any more; the guest sees an I/O error
   */
  void stdout(byte[] bytes, int offset, int length) throws IOException;

  /** Takes bytes of standard error; the array must not be kept. */
  void stderr(byte[] bytes, int offset, int length);

  /** The first call, on the guest's thread: a sink that has to wait gives the permit back. */
  default void started(Permit permit) {}

  /** The guest is about to wait: what is held back should go out. */
  void waiting() throws IOException;

  /**
   * A limit was reached that does not end the guest; each once at most. On any thread: while it
   * waits to start, or before {@link #ended}.
   */
  default void heldTo(Bound bound) {}

  /** The last call: how it ended. On the guest's thread, or on another if it never started. */
  void ended(Outcome outcome);
}
