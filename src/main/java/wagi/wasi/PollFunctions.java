package wagi.wasi;

import static run.endive.wasm.types.ValType.I32;

import java.io.IOException;
import java.util.List;
import wagi.engine.Guest;
import wagi.engine.GuestMemory;
import wagi.engine.HostFunction;

/** {@code poll_*}: waiting. Every descriptor of ours is always ready, so only clocks wait. */
final class PollFunctions {
  static final List<HostFunction> ALL =
      List.of(
          Syscall.function(
              "poll_oneoff", (g, a) -> oneoff(g, a, Subscription.PREVIEW_1), I32, I32, I32, I32));

  private static final int MAX_SUBSCRIPTIONS = 1024;
  private static final int EVENT_SIZE = 32;

  /** What a ready output claims to take; writes of any size succeed. */
  private static final long OUTPUT_BYTES = 64 * 1024;

  private PollFunctions() {}

  static Errno oneoff(Guest guest, long[] a, Subscription.Layout layout)
      throws IOException, ErrnoException {
    GuestMemory memory = guest.memory();
    int count = (int) a[2];
    if (count <= 0 || count > MAX_SUBSCRIPTIONS) {
      return Errno.EINVAL;
    }
    Bounds.check(memory, (int) a[0], count * layout.size());
    Bounds.check(memory, (int) a[1], count * EVENT_SIZE);
    Bounds.check(memory, (int) a[3], 4);
    // Read whole before an event is written: the two arrays may overlap.
    Subscription[] subscriptions = new Subscription[count];
    for (int i = 0; i < count; i++) {
      subscriptions[i] = Subscription.read(memory, (int) a[0] + i * layout.size(), layout);
    }
    memory.writeI32((int) a[3], poll(guest, subscriptions, (int) a[1]));
    return Errno.ESUCCESS;
  }

  /** Waits until the first subscription is due and writes an event for each that is then. */
  private static int poll(Guest guest, Subscription[] subscriptions, int to) throws IOException {
    long[] delays = new long[subscriptions.length];
    long shortest = Long.MAX_VALUE;
    for (int i = 0; i < subscriptions.length; i++) {
      delays[i] = delayNanos(subscriptions[i]);
      shortest = Math.min(shortest, delays[i]);
    }
    guest.sleep(shortest);
    int written = 0;
    for (int i = 0; i < subscriptions.length; i++) {
      if (delays[i] <= shortest) {
        write(guest, subscriptions[i], to + written * EVENT_SIZE);
        written++;
      }
    }
    return written;
  }

  // A subscription that is in error is due at once; what is wrong shows when its event is written.
  private static long delayNanos(Subscription subscription) {
    if (subscription.type() != Subscription.CLOCK) {
      return 0;
    }
    try {
      return subscription.timer().delayNanos();
    } catch (ErrnoException e) {
      return 0;
    }
  }

  // 0 u64 userdata | 8 u16 error | 10 u8 type | 16 u64 bytes | 24 u16 flags
  private static void write(Guest guest, Subscription subscription, int to) throws IOException {
    Errno error = Errno.ESUCCESS;
    long bytes = 0;
    try {
      bytes = readyBytes(guest, subscription);
    } catch (ErrnoException e) {
      error = e.errno();
    }
    GuestMemory memory = guest.memory();
    memory.writeLong(to, subscription.userdata());
    memory.writeLong(to + 8, error.code() | (long) subscription.type() << 16);
    memory.writeLong(to + 16, bytes);
    memory.writeLong(to + 24, 0);
  }

  private static long readyBytes(Guest guest, Subscription subscription)
      throws IOException, ErrnoException {
    switch (subscription.type()) {
      case Subscription.CLOCK -> {
        subscription.timer().delayNanos();
        return 0;
      }
      case Subscription.FD_READ -> {
        return switch (open(guest, subscription.fd(), Rights.FD_READ)) {
          case Stream stream -> guest.availableStdin();
          case OpenFile file -> Math.max(0, file.status().size() - file.seek(0, Whence.CUR));
          case Directory directory -> 0;
        };
      }
      case Subscription.FD_WRITE -> {
        open(guest, subscription.fd(), Rights.FD_WRITE);
        return OUTPUT_BYTES;
      }
      default -> throw new ErrnoException(Errno.EINVAL);
    }
  }

  private static Resource open(Guest guest, int fd, long right) throws ErrnoException {
    Descriptor descriptor = Descriptors.of(guest).get(fd);
    descriptor.openFor(Rights.POLL_FD_READWRITE);
    return descriptor.openFor(right);
  }
}
