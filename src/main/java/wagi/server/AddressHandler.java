package wagi.server;

import java.net.InetAddress;
import java.util.Map;
import wagi.message.Handler;
import wagi.message.Request;
import wagi.message.Responder;

/** One socket for several addresses of this machine: the address that was reached decides. */
record AddressHandler(Map<InetAddress, Handler> byAddress, Handler others) implements Handler {
  @Override
  public void handle(Request request, Responder responder) {
    handler(request).handle(request, responder);
  }

  @Override
  public long bodyLimit(Request head) {
    return handler(head).bodyLimit(head);
  }

  @Override
  public void bodyRefused(Request head) {
    handler(head).bodyRefused(head);
  }

  private Handler handler(Request request) {
    return byAddress.getOrDefault(request.connection().local().getAddress(), others);
  }
}
