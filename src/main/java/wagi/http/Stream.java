package wagi.http;

import java.nio.ByteBuffer;
import org.xnio.XnioIoThread;
import wagi.message.Connection;
import wagi.message.Headers;

/** One request's way in and its answer's way out, in either version of HTTP. */
interface Stream {
  Connection addresses();

  XnioIoThread ioThread();

  /** Whether the connection may serve another request after this one. */
  boolean persistent();

  /** Runs the action once, when the exchange is over, however it ends. */
  void onCompleted(Runnable action);

  BodySource body();

  /** Returns what has been read of the body already; taking from it takes it for good. */
  ByteBuffer ahead();

  /** Tells a client that waits for it to send the body; false when that is not possible. */
  boolean sendContinue();

  /** The request is complete; from now on the client may be gone, which is told. */
  void watch(Runnable onGone);

  Outgoing outgoing(Exchange exchange);

  /** Says why the request is not taken, and ends the exchange. */
  void refuse(String requestId, Headers headers, RefusedException refusal);

  /**
   * The answer is sent.
   *
   * @param close whether the connection ends with it
   */
  void complete(boolean close);

  /**
   * Breaks the exchange off.
   *
   * @param asError so that the client cannot take it for the end of the answer
   */
  void close(boolean asError);
}
