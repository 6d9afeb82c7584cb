package wagi.wasi;

/** Ends a function of the interface early, with what it answers the guest. */
final class ErrnoException extends Exception {
  private static final long serialVersionUID = 1L;
  private final Errno errno;

  ErrnoException(Errno errno) {
    super(errno.name(), null, false, false);
    this.errno = errno;
  }

  Errno errno() {
    return errno;
  }
}
