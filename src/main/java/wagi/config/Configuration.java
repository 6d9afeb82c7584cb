package wagi.config;

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
}
