package wagi.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wagi.config.Configuration;
import wagi.config.LogSettings;
import wagi.config.ServerSettings;
import wagi.config.TlsSettings;

/** The keys that count when the server starts: threads, sockets and logs are made of them. */
final class StartOnly {
  private static final Logger LOG = LoggerFactory.getLogger("wagi.server");

  private final Configuration started;
  private @Nullable String said;

  StartOnly(Configuration started) {
    this.started = started;
  }

  /** Says which of them differ now, unless it is as it was when this was last asked. */
  void warn(Configuration now) {
    String changed = changed(now);
    if (changed != null && !changed.equals(said)) {
      LOG.warn("{}", changed);
    }
    said = changed;
  }

  private @Nullable String changed(Configuration now) {
    List<String> keys = new ArrayList<>();
    ServerSettings was = started.server();
    ServerSettings is = now.server();
    add(keys, "server.threads", was.threads(), is.threads());
    add(keys, "server.guests", was.guests(), is.guests());
    add(keys, "server.keep_alive", was.keepAlive(), is.keepAlive());
    add(keys, "server.connections", was.connections(), is.connections());
    add(keys, "server.header_timeout", was.headerTimeout(), is.headerTimeout());
    add(keys, "server.body_timeout", was.bodyTimeout(), is.bodyTimeout());
    add(keys, "server.write_timeout", was.writeTimeout(), is.writeTimeout());
    add(keys, "server.trusted_proxies", was.trustedProxies(), is.trustedProxies());
    add(keys, "server.http2", was.http2(), is.http2());
    add(keys, "server.listener", was.listeners(), is.listeners());
    add(keys, "server.tls", files(was), files(is));
    LogSettings log = started.log();
    add(keys, "log.level", String.valueOf(log.level()), String.valueOf(now.log().level()));
    add(keys, "log.format", log.format(), now.log().format());
    add(keys, "log.access", log.access(), now.log().access());
    add(keys, "log.guests", String.valueOf(log.guests()), String.valueOf(now.log().guests()));
    return keys.isEmpty()
        ? null
        : String.join(", ", keys) + ": what changed there counts when the server starts again";
  }

  /** The files, wherever they are named now; what is in them is read again. */
  private static String files(ServerSettings server) {
    TlsSettings tls = server.tls();
    return tls == null ? "" : tls.files();
  }

  private static void add(
      List<String> keys, String key, @Nullable Object was, @Nullable Object is) {
    if (!Objects.equals(was, is)) {
      keys.add(key);
    }
  }
}
