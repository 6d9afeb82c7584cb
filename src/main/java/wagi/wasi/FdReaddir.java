package wagi.wasi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import wagi.engine.Guest;
import wagi.engine.GuestMemory;

/**
 * {@code fd_readdir}: as many entries as fit, the last one cut off where the buffer ends.
 *
 * <pre>
 * dirent:  0 u64 next cookie | 8 u64 ino | 16 u32 length of name | 20 u8 type | 24 name, no NUL
 * </pre>
 *
 * Cookies are the host's; 0 is the beginning. Entries come in the host's order.
 */
final class FdReaddir implements Directory.Entries {
  private static final int HEADER = 24;

  private final Guest guest;
  private final int buffer;
  private final int length;
  private int used;

  private FdReaddir(Guest guest, int buffer, int length) {
    this.guest = guest;
    this.buffer = buffer;
    this.length = length;
  }

  static Errno readdir(Guest guest, long[] a) throws IOException, ErrnoException {
    GuestMemory memory = guest.memory();
    int buffer = (int) a[1];
    int length = (int) a[2];
    Bounds.check(memory, buffer, length);
    Bounds.check(memory, (int) a[4], 4);
    Directory directory = Descriptors.of(guest).get((int) a[0]).directory(Rights.FD_READDIR);
    FdReaddir entries = new FdReaddir(guest, buffer, length);
    if (length > 0) {
      directory.entries(a[3], length, entries);
    }
    memory.writeI32((int) a[4], entries.used);
    return Errno.ESUCCESS;
  }

  @Override
  public boolean take(long next, long inode, Filetype type, byte[] name) {
    guest.checkStopped();
    byte[] entry =
        ByteBuffer.allocate(HEADER + name.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(next)
            .putLong(inode)
            .putInt(name.length)
            .putInt(type.code())
            .put(name)
            .array();
    int n = Math.min(entry.length, length - used);
    guest.memory().write(buffer + used, entry, 0, n);
    used += n;
    return used < length;
  }
}
