package wagi.module;

/** A module file that cannot be used; the message names the file. */
public final class ModuleFileException extends Exception {
  private static final long serialVersionUID = 1L;

  public ModuleFileException(String message) {
    super(message);
  }

  public ModuleFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
