package wagi.config;

import java.nio.file.Path;
import java.util.List;

/**
 * Everything the files and flags say.
 *
 * @param sites the one of {@code --config} first, then those of {@code --conf-dir} by order and
 *     name
 * @param warnings what works, but hardly as meant
 */
public record Configuration(
    ServerSettings server, LogSettings log, List<Site> sites, List<Problem> warnings) {
  public Configuration {
    sites = List.copyOf(sites);
    warnings = List.copyOf(warnings);
  }

  /** The command line's SERVER_NAME wins. */
  public Configuration withServerName(String name) {
    return new Configuration(server.withName(name), log, sites, warnings);
  }

  /** The command line's certificate and key win over those of {@code [server.tls]}. */
  public Configuration withCertificate(TlsSettings.Certificate certificate) {
    TlsSettings tls = TlsSettings.withFlags(server.tls(), certificate);
    return new Configuration(server.withTls(tls), log, sites, warnings);
  }

  /** The command line's directory for what guests write to standard error wins. */
  public Configuration withGuestLogs(Path directory) {
    LogSettings changed = new LogSettings(log.level(), log.format(), log.access(), directory);
    return new Configuration(server, changed, sites, warnings);
  }

  /** For commands that serve nobody. */
  public Configuration withoutAccessLog() {
    LogSettings changed =
        new LogSettings(log.level(), log.format(), LogSettings.Access.OFF, log.guests());
    return new Configuration(server, changed, sites, warnings);
  }
}
