package wagi.wasi;

/** What a file's times of last access and modification are to be. */
record FileTimes(Time access, Time modification) {
  private static final int ATIM = 1;
  private static final int ATIM_NOW = 2;
  private static final int MTIM = 4;
  private static final int MTIM_NOW = 8;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** As utimensat(2) reads it. */
  record Time(long seconds, long nanos) {
    private static final Time NOW = new Time(0, (1L << 30) - 1);
    private static final Time KEEP = new Time(0, (1L << 30) - 2);
  }

  static FileTimes of(long access, long modification, int flags) throws ErrnoException {
    if ((flags & ~(ATIM | ATIM_NOW | MTIM | MTIM_NOW)) != 0) {
      throw new ErrnoException(Errno.EINVAL);
    }
    return new FileTimes(
        time(access, (flags & ATIM) != 0, (flags & ATIM_NOW) != 0),
        time(modification, (flags & MTIM) != 0, (flags & MTIM_NOW) != 0));
  }

  private static Time time(long nanos, boolean given, boolean now) throws ErrnoException {
    if (given && now) {
      throw new ErrnoException(Errno.EINVAL);
    }
    if (now) {
      return Time.NOW;
    }
    return given
        ? new Time(
            Long.divideUnsigned(nanos, NANOS_PER_SECOND),
            Long.remainderUnsigned(nanos, NANOS_PER_SECOND))
        : Time.KEEP;
  }
}
