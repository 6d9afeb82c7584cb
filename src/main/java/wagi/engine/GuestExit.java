package wagi.engine;

/** Unwinds a guest's stack because of {@code proc_exit}. */
final class GuestExit extends RuntimeException {
  private static final long serialVersionUID = 1L;
  final int code;

  GuestExit(int code) {
    super("exit " + code, null, false, false);
    this.code = code;
  }
}
