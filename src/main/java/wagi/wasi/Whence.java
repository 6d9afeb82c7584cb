package wagi.wasi;

/** What a seek counts from. */
enum Whence {
  SET(0),
  CUR(1),
  END(2);

  private final int code;

  Whence(int code) {
    this.code = code;
  }

  /** Its number in preview 1, which is that of lseek(2). */
  int code() {
    return code;
  }

  static Whence of(int code) throws ErrnoException {
    return switch (code) {
      case 0 -> SET;
      case 1 -> CUR;
      case 2 -> END;
      default -> throw new ErrnoException(Errno.EINVAL);
    };
  }
}
