package wagi.wasi;

/** What a seek counts from. */
enum Whence {
  SET,
  CUR,
  END;

  static Whence of(int code) throws ErrnoException {
    return switch (code) {
      case 0 -> SET;
      case 1 -> CUR;
      case 2 -> END;
      default -> throw new ErrnoException(Errno.EINVAL);
    };
  }
}
