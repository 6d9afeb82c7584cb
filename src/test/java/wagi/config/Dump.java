package wagi.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A configuration as text: what was set, without what is standard. */
final class Dump {
  private static final LimitSettings LIMITS = Limits.STANDARD.settings();

  private final StringBuilder out;

  private Dump(StringBuilder out) {
    this.out = out;
  }

  static void write(Configuration configuration, StringBuilder out) {
    Dump dump = new Dump(out);
    dump.server(configuration.server());
    dump.log(configuration.log());
    configuration.sites().forEach(dump::site);
  }

  private void server(ServerSettings server) {
    ServerSettings standard = ServerReader.standard();
    if (server.equals(standard)) {
      return;
    }
    out.append("server");
    add("drain", server.drain(), standard.drain());
    add("name", String.valueOf(server.name()), "null");
    add("threads", server.threads(), standard.threads());
    add("guests", server.guests(), standard.guests());
    add("keep_alive", server.keepAlive(), standard.keepAlive());
    add("connections", server.connections(), standard.connections());
    add("header_timeout", server.headerTimeout(), standard.headerTimeout());
    add("body_timeout", server.bodyTimeout(), standard.bodyTimeout());
    add("write_timeout", server.writeTimeout(), standard.writeTimeout());
    add("trusted_proxies", server.trustedProxies(), standard.trustedProxies());
    add("warm_up", server.warmUp(), standard.warmUp());
    add("health", "'" + server.health() + "'", "'" + standard.health() + "'");
    add("http2", server.http2(), standard.http2());
    for (ListenerSettings listener : server.listeners()) {
      out.append("\n  listener ").append(listener.address());
      out.append(listener.plain() ? " plain" : "");
      out.append(listener.proxyProtocol() ? " proxy_protocol" : "");
    }
    tls(server.tls());
    out.append('\n');
  }

  private void tls(@Nullable TlsSettings tls) {
    if (tls == null) {
      return;
    }
    for (TlsSettings.Certificate certificate : tls.certificates()) {
      out.append("\n  certificate ").append(name(certificate.chain()));
      out.append(" at ").append(certificate.chain().at());
      out.append(" key ").append(name(certificate.key()));
    }
    if (tls.clientAuthorities() != null) {
      out.append("\n  client_ca ").append(name(tls.clientAuthorities()));
    }
    if (tls.redirectFrom() != null) {
      out.append("\n  redirect_from ").append(tls.redirectFrom());
    }
  }

  private static Path name(TlsSettings.Named named) {
    return named.file().getFileName();
  }

  private void log(LogSettings log) {
    if (!log.equals(LogReader.standard())) {
      out.append(log).append('\n');
    }
  }

  private void site(Site site) {
    out.append("site ").append(site.file()).append(" on ");
    out.append(String.join(" ", site.addresses().stream().map(Object::toString).toList()));
    add("order", site.order(), "");
    add("source", site.source(), "");
    add("generation", site.generation(), "");
    out.append('\n');
    site.modules().forEach(this::module);
  }

  private void module(ModuleSettings module) {
    out.append("  ").append(module.name()).append(' ').append(module.route());
    out.append(" -> ").append(module.file());
    add("host", module.hosts(), List.of());
    add("methods", module.methods(), List.of());
    add("entrypoint", module.entrypoint(), "_start");
    add("argv", module.argv(), new ArgvSettings.Query());
    add("environment", module.environment(), Map.of());
    add("authorization", module.authorization(), false);
    add("volumes", module.volumes(), List.of());
    add("allowed_hosts", module.allowedHosts(), List.of());
    add("http_max_concurrency", module.httpMaxConcurrency(), 0);
    add("digest", String.valueOf(module.digest()), "null");
    add("instances", module.instances(), Instances.POOLED);
    add("smoke", String.valueOf(module.smoke()), "null");
    add("warm_up", module.warmUp(), module.volumes().isEmpty() && module.allowedHosts().isEmpty());
    limits(module.limits());
    out.append('\n');
  }

  private void limits(LimitSettings limits) {
    add("timeout", limits.timeout(), LIMITS.timeout());
    add("queue", limits.queue(), LIMITS.queue());
    add("queue_timeout", limits.queueTimeout(), LIMITS.queueTimeout());
    add("memory", limits.memory(), LIMITS.memory());
    add("body", limits.body(), LIMITS.body());
    add("output", limits.output(), LIMITS.output());
    add("output_header", limits.outputHeader(), LIMITS.outputHeader());
    add("stderr", limits.stderr(), LIMITS.stderr());
    add("open_files", limits.openFiles(), LIMITS.openFiles());
    add("environment_bytes", limits.environment(), LIMITS.environment());
    add("concurrency", limits.concurrency(), LIMITS.concurrency());
  }

  private void add(String key, Object value, Object standard) {
    if (!value.equals(standard)) {
      out.append(' ').append(key).append('=').append(value);
    }
  }
}
