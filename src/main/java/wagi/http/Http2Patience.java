package wagi.http;

/**
 * How much a client may ask of us that is no request's answer: pings, settings, resets, empty
 * frames. Each takes from a store that fills up again with time. Belongs to the I/O thread.
 */
final class Http2Patience {
  private final int most;
  private final double perNano;
  private double left;
  private long at = System.nanoTime();

  Http2Patience(int most, int perSecond) {
    this.most = most;
    this.perNano = perSecond / 1e9;
    this.left = most;
  }

  void spend(String what) throws Http2Exception {
    long now = System.nanoTime();
    left = Math.min(most, left + (now - at) * perNano);
    at = now;
    if (--left < 0) {
      throw new Http2Exception(Http2Error.ENHANCE_YOUR_CALM, "too many " + what);
    }
  }
}
