package wagi.http;

import wagi.message.ErrorAnswer;
import wagi.message.Handler;
import wagi.message.Headers;
import wagi.message.Request;
import wagi.message.Responder;

/**
 * Sends clients to the same place under https.
 *
 * @param port where https is spoken
 */
public record HttpsRedirect(int port) implements Handler {
  private static final int HTTPS = 443;
  private static final long BODY_MAX = 10 << 20;

  @Override
  public void handle(Request request, Responder responder) {
    String host = request.host();
    if (host == null) {
      ErrorAnswer unnamed =
          new ErrorAnswer(400, "this address only redirects to https, and needs a Host header");
      unnamed.sendTo(responder, request.id());
      return;
    }
    String path = request.target().path().startsWith("/") ? request.target().text() : "/";
    String location = "https://" + name(host) + (port == HTTPS ? "" : ":" + port) + path;
    new ErrorAnswer(308, "this place is under https", Headers.of("Location", location))
        .sendTo(responder, request.id());
  }

  /** The gate has seen to it that this is a host with an optional port. */
  private static String name(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }

  /** A body is read, so that the client sees the answer, and not used. */
  @Override
  public long bodyLimit(Request head) {
    return BODY_MAX;
  }
}
