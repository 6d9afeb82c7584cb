package wagi.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import wagi.engine.Guest;
import wagi.engine.GuestMemory;

/**
 * {@code fd_readdir}: as many entries as fit, the last one cut off where the buffer ends.
 *
 * <pre>
 * dirent:  0 u64 next cookie | 8 u64 ino | 16 u32 length of name | 20 u8 type | 24 name, no NUL
 * </pre>
 *
 * A cookie is the number of entries before: {@code .} is 0, {@code ..} is 1, then names in order.
 */
final class FdReaddir {
  private static final int HEADER = 24;
  private static final int DOTS = 2;

  private FdReaddir() {}

  static Errno readdir(Guest guest, long[] a) throws IOException, ErrnoException {
    GuestMemory memory = guest.memory();
    int buffer = (int) a[1];
    int length = (int) a[2];
    long cookie = a[3];
    Bounds.check(memory, buffer, length);
    Bounds.check(memory, (int) a[4], 4);
    Descriptors descriptors = Descriptors.of(guest);
    Directory directory = descriptors.get((int) a[0]).directory(Rights.FD_READDIR);
    List<Path> names = directory.names(cookie == 0, descriptors.namesLeft(directory));
    int used = 0;
    if (cookie >= 0) {
      for (long i = cookie; i < names.size() + DOTS && used < length; i++) {
        guest.checkStopped();
        byte[] entry = entry(directory, names, (int) i);
        int n = Math.min(entry.length, length - used);
        memory.write(buffer + used, entry, 0, n);
        used += n;
      }
    }
    memory.writeI32((int) a[4], used);
    return Errno.ESUCCESS;
  }

  // What lies above the directory is not the guest's to see, so `..` is the directory itself.
  private static byte[] entry(Directory directory, List<Path> names, int index) throws IOException {
    boolean dots = index < DOTS;
    FileStatus status = dots ? directory.status() : directory.entry(names.get(index - DOTS));
    byte[] name =
        (dots ? ".".repeat(index + 1) : names.get(index - DOTS).toString()).getBytes(UTF_8);
    return ByteBuffer.allocate(HEADER + name.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(index + 1)
        .putLong(status.inode())
        .putInt(name.length)
        .putInt(status.type().code())
        .put(name)
        .array();
  }
}
