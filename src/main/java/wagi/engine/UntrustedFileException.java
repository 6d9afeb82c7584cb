package wagi.engine;

import java.io.IOException;

/** A file or directory is there, but somebody else may have made it or changed it. */
final class UntrustedFileException extends IOException {
  private static final long serialVersionUID = 1;

  UntrustedFileException(String message) {
    super(message);
  }

  /** Most messages of the file system are a path alone; the type says what is wrong with it. */
  static String sentence(IOException e) {
    String message = String.valueOf(e.getMessage());
    return e instanceof UntrustedFileException
        ? message
        : message + " (" + e.getClass().getSimpleName() + ")";
  }
}
