package wagi.http.tls;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of a server's TLS.
 *
 * @param certificates the first one answers clients whose name fits none
 * @param clientAuthorities who may have signed a client's certificate, which is then asked for and
 *     required; null asks for none
 */
public record TlsFiles(List<Pair> certificates, @Nullable Path clientAuthorities) {
  /** A certificate with its chain, and its key. */
  public record Pair(Path chain, Path key) {}

  public TlsFiles {
    certificates = List.copyOf(certificates);
  }

  List<Path> all() {
    List<Path> files = new ArrayList<>();
    for (Pair pair : certificates) {
      files.add(pair.chain());
      files.add(pair.key());
    }
    if (clientAuthorities != null) {
      files.add(clientAuthorities);
    }
    return files;
  }
}
