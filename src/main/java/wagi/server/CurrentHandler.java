package wagi.server;

import wagi.message.Handler;
import wagi.message.Request;
import wagi.message.Responder;

/** Gives each request, whole, to the handler that is the current one when it begins. */
final class CurrentHandler implements Handler {
  private volatile Handler current;

  CurrentHandler(Handler first) {
    current = first;
  }

  void become(Handler next) {
    current = next;
  }

  @Override
  public Handler forRequest() {
    return current;
  }

  @Override
  public void handle(Request request, Responder responder) {
    current.handle(request, responder);
  }

  @Override
  public long bodyLimit(Request head) {
    return current.bodyLimit(head);
  }

  @Override
  public void bodyRefused(Request head) {
    current.bodyRefused(head);
  }
}
