package wagi.http.tls;

import java.io.Serial;
import java.nio.file.Path;

/** A file that TLS cannot be built from; the message says why and what to do. */
public final class TlsFileException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final transient Path file;

  TlsFileException(Path file, String problem) {
    super(file + ": " + problem);
    this.file = file;
  }

  public Path file() {
    return file;
  }
}
