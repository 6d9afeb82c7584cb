package wagi.http;

import org.xnio.conduits.ReadReadyHandler;

/** Tells the wire, instead of Undertow, that bytes have come. */
record WireReadiness(Wire wire, ReadReadyHandler undertow, Runnable onClosed)
    implements ReadReadyHandler {
  @Override
  public void readReady() {
    wire.readable();
  }

  @Override
  public void forceTermination() {
    onClosed.run();
    undertow.forceTermination();
  }

  @Override
  public void terminated() {
    onClosed.run();
    undertow.terminated();
  }
}
