package wagi.config;

import java.util.ArrayList;
import java.util.List;

/** Reads {@code [[server.listener]]}. */
final class ListenersReader {
  /** More addresses than any machine is asked to listen on. */
  private static final int LISTENERS_MAX = 1000;

  private ListenersReader() {}

  static List<ListenerSettings> read(Fields server, List<Cidr> trusted, Problems problems) {
    List<ListenerSettings> listeners = new ArrayList<>();
    Node node = server.node("listener");
    if (node == null) {
      return listeners;
    }
    if (!(node instanceof Node.Array array)) {
      server.expected("listener", "an array of tables", node);
      return listeners;
    }
    if (array.items().size() > LISTENERS_MAX) {
      server.error("listener", "more than " + LISTENERS_MAX + " listeners");
      return listeners;
    }
    for (Node item : array.items()) {
      if (item instanceof Node.Table table) {
        add(listeners, new Fields(Section.LISTENER, table, problems), trusted);
      } else {
        server.expected("listener", "a table", item);
      }
    }
    return List.copyOf(listeners);
  }

  private static void add(
      List<ListenerSettings> listeners, Fields fields, List<Cidr> trustedProxies) {
    boolean plain = !fields.flag("tls", true);
    boolean proxyProtocol = fields.flag("proxy_protocol", false);
    if (proxyProtocol && trustedProxies.isEmpty()) {
      fields.error(
          "proxy_protocol",
          "counts for the addresses of server.trusted_proxies alone, and there are none: name those"
              + " of the load balancer");
    }
    String text = fields.plainText("address");
    if (text == null) {
      if (!fields.has("address")) {
        fields.missing("address", ListenAddress.EXPECTED);
      }
      return;
    }
    ListenAddress address = ListenAddress.parse(text);
    if (address == null) {
      fields.error("address", ListenAddress.EXPECTED + ", found " + Quote.of(text));
    } else if (listeners.stream().anyMatch(one -> one.address().equals(address))) {
      fields.error("address", address + " is listened on already");
    } else {
      listeners.add(new ListenerSettings(address, plain, proxyProtocol));
    }
  }
}
