package wagi.wasi;

import wagi.engine.GuestMemory;

/**
 * What a guest waits for.
 *
 * <pre>
 * 0 u64 userdata | 8 u8 type | 16 u32 fd
 *                            | 16 u32 clock | 24 u64 timeout | 32 u64 precision | 40 u16 flags
 * </pre>
 *
 * In {@code wasi_unstable} a u64 identifier of the clock, ignored, comes before the clock.
 */
record Subscription(long userdata, int type, int fd, Timer timer) {
  static final int CLOCK = 0;
  static final int FD_READ = 1;
  static final int FD_WRITE = 2;

  static final Layout PREVIEW_1 = new Layout(48, 16, 24, 40);
  static final Layout UNSTABLE = new Layout(56, 24, 32, 48);

  private static final int ABSTIME = 1;

  /** Where the parts of a timer lie. */
  record Layout(int size, int clock, int timeout, int flags) {}

  /** The part that only a subscription of type CLOCK has. */
  record Timer(int clock, long timeout, int flags) {
    /** Returns how long to wait from now; times are unsigned, so a negative one is far away. */
    long delayNanos() throws ErrnoException {
      if ((flags & ~ABSTIME) != 0) {
        throw new ErrnoException(Errno.EINVAL);
      }
      long now = ClockFunctions.now(clock);
      if (timeout < 0) {
        return Long.MAX_VALUE;
      }
      return (flags & ABSTIME) != 0 ? Math.max(0, timeout - now) : timeout;
    }
  }

  static Subscription read(GuestMemory memory, int at, Layout layout) {
    return new Subscription(
        memory.readLong(at),
        memory.read(at + 8) & 0xff,
        memory.readInt(at + 16),
        new Timer(
            memory.readInt(at + layout.clock()),
            memory.readLong(at + layout.timeout()),
            memory.readShort(at + layout.flags()) & 0xffff));
  }
}
