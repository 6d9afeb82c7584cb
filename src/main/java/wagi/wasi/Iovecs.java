package wagi.wasi;

import wagi.engine.GuestMemory;

/**
 * The ranges of a scattered read or gathered write, checked whole before the first byte moves.
 *
 * <pre>
 * iovec:  [u32 address][u32 length]   8 bytes each
 * </pre>
 *
 * They are copied out of the guest's memory, because a read may overwrite the place they came from.
 */
final class Iovecs {
  private static final int SIZE = 8;
  private static final int MAX_COUNT = 1024;

  private final int[] addresses;
  private final int[] lengths;

  private Iovecs(int[] addresses, int[] lengths) {
    this.addresses = addresses;
    this.lengths = lengths;
  }

  static Iovecs read(GuestMemory memory, int address, int count) throws ErrnoException {
    if (count < 0 || count > MAX_COUNT) {
      throw new ErrnoException(Errno.EINVAL);
    }
    Bounds.check(memory, address, count * SIZE);
    int[] addresses = new int[count];
    int[] lengths = new int[count];
    long total = 0;
    for (int i = 0; i < count; i++) {
      addresses[i] = memory.readInt(address + i * SIZE);
      lengths[i] = memory.readInt(address + i * SIZE + 4);
      Bounds.check(memory, addresses[i], lengths[i]);
      total += lengths[i];
    }
    if (total > Integer.MAX_VALUE) {
      throw new ErrnoException(Errno.EINVAL);
    }
    return new Iovecs(addresses, lengths);
  }

  int count() {
    return addresses.length;
  }

  int address(int index) {
    return addresses[index];
  }

  int length(int index) {
    return lengths[index];
  }
}
