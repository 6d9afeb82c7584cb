package wagi.http;

import io.undertow.server.protocol.http.HttpOpenListener;
import java.nio.ByteBuffer;
import java.util.Set;
import org.xnio.StreamConnection;
import wagi.message.Connection;
import wagi.message.Handler;
import wagi.message.Incident;
import wagi.message.Limit;

/**
 * One address that is listened on: how it is spoken to, and where a connection goes once it is
 * known what the client speaks.
 *
 * @param wires those of all listeners
 */
record Listener(
    Set<Wire> wires, Front front, HttpOpenListener opener, Handler handler, ListenOptions options) {
  /** The connection counts until {@link #closed}. */
  void opened(StreamConnection connection) {
    front.connections().add(connection);
    int most = front.settings().connections();
    if (front.connections().size() >= most && !front.draining()) {
      front
          .incidents()
          .happened(
              Incident.ofConnection(
                  Limit.CONNECTIONS,
                  most
                      + " connections are open, the most on one address, and more wait;"
                      + " server.connections raises it"));
    }
  }

  void closed(StreamConnection connection) {
    front.opening().remove(connection);
    front.connections().remove(connection);
  }

  /**
   * A connection of HTTP/1.
   *
   * @param ahead what has been read already
   */
  void http1(StreamConnection connection, Line line, Connection addresses, ByteBuffer ahead) {
    Wire wire = new Wire(connection, line, addresses, ahead);
    wire.install(
        () -> {
          if (wires.remove(wire) && wire.headIsLate(front.settings().headerTimeout())) {
            front.headTooSlow();
          }
          closed(connection);
        },
        () -> front.refuseUnparsed(wire));
    wires.add(wire);
    opener.handleEvent(connection);
    wire.refuseHopeless();
  }

  /** A connection of HTTP/2. */
  void http2(StreamConnection connection, Line line, Connection addresses, ByteBuffer ahead) {
    Http2Connection http2 = new Http2Connection(front, handler, connection, line, addresses);
    front.http2().add(http2);
    http2.start(ahead);
  }
}
