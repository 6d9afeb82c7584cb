package wagi.engine;

/** A module that this server does not run; the message says why and what to do. */
public final class ModuleRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  public ModuleRefusedException(String message) {
    super(message);
  }

  public ModuleRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
