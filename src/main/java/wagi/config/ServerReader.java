package wagi.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the {@code [server]} table. */
final class ServerReader {
  private static final Range UP_TO_A_DAY = Range.of(Quantity.DURATION, 0, 24 * 3_600_000L);
  private static final Range UP_TO_AN_HOUR = Range.of(Quantity.DURATION, 1, 3_600_000L);

  private ServerReader() {}

  static ServerSettings standard() {
    int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    return new ServerSettings(
        Duration.ofSeconds(30),
        null,
        threads,
        Math.max(128, threads),
        Duration.ofSeconds(60),
        10_000,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        List.of(),
        ServerSettings.STANDARD_HEALTH,
        0,
        true,
        List.of(),
        null);
  }

  static ServerSettings read(Fields fields, TlsReader tls, Problems problems) {
    ServerSettings standard = standard();
    int threads = fields.count("threads", 1, 1_024, standard.threads());
    int guests = fields.count("guests", 1, 100_000, Math.max(standard.guests(), threads));
    if (guests < threads) {
      fields.warn("guests", guests + " guests never keep " + threads + " threads busy");
    }
    List<Cidr> proxies = proxies(fields);
    return new ServerSettings(
        fields.duration("drain", UP_TO_A_DAY, standard.drain()),
        name(fields),
        threads,
        guests,
        fields.duration("keep_alive", UP_TO_AN_HOUR, standard.keepAlive()),
        fields.count("connections", 1, 1_000_000, standard.connections()),
        fields.duration("header_timeout", UP_TO_AN_HOUR, standard.headerTimeout()),
        fields.duration("body_timeout", UP_TO_AN_HOUR, standard.bodyTimeout()),
        fields.duration("write_timeout", UP_TO_AN_HOUR, standard.writeTimeout()),
        proxies,
        health(fields),
        fields.count("warm_up", 0, 10_000, standard.warmUp()),
        fields.flag("http2", standard.http2()),
        ListenersReader.read(fields, proxies, problems),
        tls.read(fields.fields("tls", Section.TLS)));
  }

  private static @Nullable String name(Fields fields) {
    String text = fields.plainText("name");
    if (text == null) {
      return null;
    }
    String host = hostOf(text);
    if (host == null) {
      fields.error("name", "expected a host name, found " + Quote.of(text));
    } else if (!host.equals(text)) {
      fields.warn("name", "the port is ignored: SERVER_PORT is the port we listen on");
    }
    return host;
  }

  /** The host of {@code host[:port]}, null when it is neither. */
  static @Nullable String hostOf(String text) {
    if (ListenAddress.isHost(text)) {
      return text;
    }
    ListenAddress address = text.startsWith(":") ? null : ListenAddress.parse(text);
    return address == null || text.indexOf(':') < 0
        ? null
        : text.substring(0, text.lastIndexOf(':'));
  }

  private static List<Cidr> proxies(Fields fields) {
    List<Cidr> proxies = new ArrayList<>();
    for (Node.Text text : fields.texts("trusted_proxies")) {
      Cidr cidr = Cidr.parse(text.value());
      if (cidr == null) {
        fields.expected("trusted_proxies", "an address range such as \"10.0.0.0/8\"", text);
      } else {
        proxies.add(cidr);
      }
    }
    return List.copyOf(proxies);
  }

  private static String health(Fields fields) {
    String text = fields.text("health");
    if (text == null) {
      return ServerSettings.STANDARD_HEALTH;
    }
    if (!text.isEmpty() && (!text.startsWith("/") || Quote.hasControl(text))) {
      fields.error(
          "health", "expected a path that begins with / or \"\" for none, found " + Quote.of(text));
    }
    return text;
  }
}
