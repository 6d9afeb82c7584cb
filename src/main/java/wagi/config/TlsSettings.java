package wagi.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code [server.tls]} table.
 *
 * @param certificates the first one answers clients that ask for no name of another
 * @param clientAuthorities who signs the certificates that clients must have; null asks for none
 * @param redirectFrom where plain HTTP is answered with a redirect to https; null for nowhere
 */
public record TlsSettings(
    List<Certificate> certificates,
    @Nullable Named clientAuthorities,
    @Nullable ListenAddress redirectFrom) {
  public TlsSettings {
    certificates = List.copyOf(certificates);
  }

  /** A file and where it is named. */
  public record Named(Path file, Position at) {}

  /** A certificate with its chain, and its key. */
  public record Certificate(Named chain, Named key) {}

  /** Returns what is configured, without the places where it is. */
  public String files() {
    StringBuilder files = new StringBuilder();
    for (Certificate one : certificates) {
      files.append(one.chain().file()).append(' ').append(one.key().file()).append(' ');
    }
    files.append(clientAuthorities == null ? null : clientAuthorities.file());
    return files.append(' ').append(redirectFrom).toString();
  }

  /** Returns where a file is named. */
  public Position at(Path file) {
    List<Named> named = new ArrayList<>();
    certificates.forEach(one -> named.addAll(List.of(one.chain(), one.key())));
    if (clientAuthorities != null) {
      named.add(clientAuthorities);
    }
    return named.stream()
        .filter(one -> one.file().equals(file))
        .map(Named::at)
        .findFirst()
        .orElseGet(() -> Position.of(file.toString()));
  }

  /** The command line's certificate takes the place of the first. */
  static TlsSettings withFlags(@Nullable TlsSettings table, Certificate flags) {
    if (table == null) {
      return new TlsSettings(List.of(flags), null, null);
    }
    List<Certificate> all = new ArrayList<>(table.certificates());
    if (all.isEmpty()) {
      all.add(flags);
    } else {
      all.set(0, flags);
    }
    return new TlsSettings(all, table.clientAuthorities(), table.redirectFrom());
  }
}
