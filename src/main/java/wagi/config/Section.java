package wagi.config;

import java.util.List;
import java.util.stream.Stream;

/** The tables of a file and the keys each may hold. */
enum Section {
  ROOT(
      "the file's top level",
      "default_host",
      "order",
      "source",
      "generation",
      "server",
      "limits",
      "log",
      "module",
      "registry",
      "outbound",
      "admin",
      "static"),
  SERVER(
      "[server]",
      "drain",
      "name",
      "threads",
      "guests",
      "keep_alive",
      "connections",
      "header_timeout",
      "body_timeout",
      "write_timeout",
      "trusted_proxies",
      "health",
      "warm_up",
      "http2",
      "listener",
      "tls"),
  LISTENER("[[server.listener]]", "address", "tls", "proxy_protocol"),
  TLS("[server.tls]", "cert", "key", "client_ca", "redirect_from", "sni"),
  TLS_SNI("[[server.tls.sni]]", "cert", "key"),
  LIMITS("[limits]", Stream.concat(Limit.keys(), Stream.of("max"))),
  LIMITS_MAX("[limits.max]", Limit.keys()),
  LOG("[log]", "level", "format", "access", "guests"),
  MODULE(
      "[[module]]",
      "name",
      "route",
      "module",
      "host",
      "methods",
      "entrypoint",
      "argv",
      "environment",
      "environment_files",
      "authorization",
      "volumes",
      "allowed_hosts",
      "http_max_concurrency",
      "digest",
      "instances",
      "limits",
      "pull",
      "snapshot",
      "smoke",
      "warm_up"),
  MODULE_LIMITS("[module.limits]", Limit.keys()),
  VOLUME("a volume", "path", "write"),
  SMOKE("a smoke request", "path", "status");

  /** How messages and the documentation call it. */
  final String title;

  /** Unmodifiable, which the type does not say. */
  @SuppressWarnings("ImmutableEnumChecker")
  final List<String> keys;

  Section(String title, String... keys) {
    this(title, Stream.of(keys));
  }

  Section(String title, Stream<String> keys) {
    this.title = title;
    this.keys = keys.toList();
  }
}
