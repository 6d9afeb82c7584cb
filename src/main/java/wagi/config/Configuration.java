package wagi.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything the files and flags say.
 *
 * @param sites the one of {@code --config} first, then those of {@code --conf-dir} by order and
 *     name
 * @param limits what stands below the limits of every file of {@code --conf-dir}
 * @param rejected files of {@code --conf-dir} that cannot be used
 * @param warnings what works, but hardly as meant
 */
public record Configuration(
    ServerSettings server,
    LogSettings log,
    Limits limits,
    List<Site> sites,
    List<RejectedFile> rejected,
    List<Problem> warnings) {
  public Configuration {
    rejected = List.copyOf(rejected);
    sites = List.copyOf(sites);
    warnings = List.copyOf(warnings);
  }

  /** The command line's SERVER_NAME wins. */
  public Configuration withServerName(String name) {
    return new Configuration(server.withName(name), log, limits, sites, rejected, warnings);
  }

  /** The command line's certificate and key win over those of {@code [server.tls]}. */
  public Configuration withCertificate(TlsSettings.Certificate certificate) {
    TlsSettings tls = TlsSettings.withFlags(server.tls(), certificate);
    return new Configuration(server.withTls(tls), log, limits, sites, rejected, warnings);
  }

  /** The command line's directory for what guests write to standard error wins. */
  public Configuration withGuestLogs(Path directory) {
    LogSettings changed = new LogSettings(log.level(), log.format(), log.access(), directory);
    return withLog(changed);
  }

  /** For commands that serve nobody. */
  public Configuration withoutAccessLog() {
    LogSettings changed =
        new LogSettings(log.level(), log.format(), LogSettings.Access.OFF, log.guests());
    return withLog(changed);
  }

  private Configuration withLog(LogSettings changed) {
    return new Configuration(server, changed, limits, sites, rejected, warnings);
  }

  /** The site of {@code --config}, if there is one. */
  public @Nullable Site main() {
    return sites.isEmpty() || sites.getFirst().fragment() ? null : sites.getFirst();
  }

  /** For those who want all or nothing. */
  public Configuration withoutRejected() throws ConfigException {
    if (rejected.isEmpty()) {
      return this;
    }
    throw new ConfigException(
        rejected.stream().flatMap(file -> file.problems().stream()).toList(), warnings);
  }
}
