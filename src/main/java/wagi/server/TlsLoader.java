package wagi.server;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wagi.config.ConfigException;
import wagi.config.Problem;
import wagi.config.TlsSettings;
import wagi.http.tls.Tls;
import wagi.http.tls.TlsFileException;
import wagi.http.tls.TlsFiles;

/** Turns the configured certificates into TLS, or says what is wrong with them. */
final class TlsLoader {
  private TlsLoader() {}

  static @Nullable Tls load(@Nullable TlsSettings settings) throws ConfigException {
    if (settings == null) {
      return null;
    }
    List<TlsFiles.Pair> pairs =
        settings.certificates().stream()
            .map(one -> new TlsFiles.Pair(one.chain().file(), one.key().file()))
            .toList();
    TlsSettings.Named authorities = settings.clientAuthorities();
    try {
      return Tls.of(new TlsFiles(pairs, authorities == null ? null : authorities.file()));
    } catch (TlsFileException e) {
      throw new ConfigException(
          List.of(new Problem(settings.at(e.file()), "server.tls: " + e.getMessage())));
    }
  }
}
