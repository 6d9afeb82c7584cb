package wagi.wasi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import wagi.engine.Guest;
import wagi.engine.GuestMemory;

/** Reads, writes and seeks: the bytes go straight between the guest's memory and the other side. */
final class FdTransfers {
  // The JDK allocates a native buffer as large as the read it is asked for.
  private static final int CHUNK_BYTES = 64 * 1024;

  private FdTransfers() {}

  /** Reads into a part of the array; -1 at the end. */
  @FunctionalInterface
  private interface Source {
    int read(byte[] to, int offset, int length) throws IOException;
  }

  static Errno read(Guest guest, long[] a) throws IOException, ErrnoException {
    GuestMemory memory = guest.memory();
    Iovecs iovecs = Iovecs.read(memory, (int) a[1], (int) a[2]);
    Bounds.check(memory, (int) a[3], 4);
    int done =
        switch (openForData(guest, (int) a[0], Rights.FD_READ)) {
          case Stream stream -> scatter(guest, iovecs, guest::readStdin);
          case OpenFile file ->
              scatter(
                  guest,
                  iovecs,
                  (to, offset, n) -> file.channel().read(ByteBuffer.wrap(to, offset, n)));
          case Directory directory -> throw new ErrnoException(Errno.EISDIR);
        };
    memory.writeI32((int) a[3], done);
    return Errno.ESUCCESS;
  }

  static Errno pread(Guest guest, long[] a) throws IOException, ErrnoException {
    GuestMemory memory = guest.memory();
    Iovecs iovecs = Iovecs.read(memory, (int) a[1], (int) a[2]);
    Bounds.check(memory, (int) a[4], 4);
    OpenFile file = openForDataAt(guest, (int) a[0], Rights.FD_READ, a[3]);
    long[] position = {a[3]};
    int done =
        scatter(
            guest,
            iovecs,
            (to, offset, n) -> {
              int read = file.channel().read(ByteBuffer.wrap(to, offset, n), position[0]);
              position[0] += Math.max(0, read);
              return read;
            });
    memory.writeI32((int) a[4], done);
    return Errno.ESUCCESS;
  }

  private static int scatter(Guest guest, Iovecs iovecs, Source source) throws IOException {
    int total = 0;
    for (int i = 0; i < iovecs.count(); i++) {
      int length = iovecs.length(i);
      int done = 0;
      while (done < length) {
        guest.checkStopped();
        int n = Math.min(CHUNK_BYTES, length - done);
        int address = iovecs.address(i) + done;
        int read = source.read(guest.memory().arrayForWriting(address, n), address, n);
        if (read <= 0) {
          return total;
        }
        done += read;
        total += read;
        if (read < n) {
          return total;
        }
      }
    }
    return total;
  }

  static Errno write(Guest guest, long[] a) throws ErrnoException {
    GuestMemory memory = guest.memory();
    Iovecs iovecs = Iovecs.read(memory, (int) a[1], (int) a[2]);
    Bounds.check(memory, (int) a[3], 4);
    // Only streams are open for writing yet.
    Resource resource = openForData(guest, (int) a[0], Rights.FD_WRITE);
    int total = 0;
    try {
      for (int i = 0; i < iovecs.count(); i++) {
        int length = iovecs.length(i);
        if (length == 0) {
          continue;
        }
        if (resource == Stream.STDERR) {
          guest.writeStderr(memory.array(), iovecs.address(i), length);
        } else {
          guest.writeStdout(memory.array(), iovecs.address(i), length);
        }
        total += length;
      }
    } catch (IOException e) {
      guest.checkStopped();
      return Errno.EPIPE;
    }
    memory.writeI32((int) a[3], total);
    return Errno.ESUCCESS;
  }

  static Errno pwrite(Guest guest, long[] a) throws ErrnoException {
    GuestMemory memory = guest.memory();
    Iovecs.read(memory, (int) a[1], (int) a[2]);
    Bounds.check(memory, (int) a[4], 4);
    openForDataAt(guest, (int) a[0], Rights.FD_WRITE, a[3]);
    return Errno.EROFS;
  }

  private static Resource openForData(Guest guest, int fd, long right) throws ErrnoException {
    Descriptor descriptor = Descriptors.of(guest).get(fd);
    if (descriptor.resource() instanceof Directory) {
      throw new ErrnoException(Errno.EISDIR);
    }
    return descriptor.openFor(right);
  }

  private static OpenFile openForDataAt(Guest guest, int fd, long right, long offset)
      throws ErrnoException {
    if (!(openForData(guest, fd, right) instanceof OpenFile file)) {
      throw new ErrnoException(Errno.ESPIPE);
    }
    Descriptors.of(guest).get(fd).openFor(Rights.FD_SEEK);
    if (offset < 0) {
      throw new ErrnoException(Errno.EINVAL);
    }
    return file;
  }

  static Errno seek(Guest guest, long[] a) throws IOException, ErrnoException {
    return seek(guest, a, Whence.of((int) a[2]));
  }

  static Errno seek(Guest guest, long[] a, Whence whence) throws IOException, ErrnoException {
    Bounds.check(guest.memory(), (int) a[3], 8);
    boolean tells = whence == Whence.CUR && a[1] == 0;
    FileChannel file =
        seekable(guest, (int) a[0], tells ? Rights.FD_TELL | Rights.FD_SEEK : Rights.FD_SEEK);
    long base =
        switch (whence) {
          case SET -> 0;
          case CUR -> file.position();
          case END -> file.size();
        };
    long position = base + a[1];
    if (position < 0) {
      return a[1] < 0 ? Errno.EINVAL : Errno.EOVERFLOW;
    }
    file.position(position);
    guest.memory().writeLong((int) a[3], position);
    return Errno.ESUCCESS;
  }

  static Errno tell(Guest guest, long[] a) throws IOException, ErrnoException {
    Bounds.check(guest.memory(), (int) a[1], 8);
    FileChannel file = seekable(guest, (int) a[0], Rights.FD_TELL | Rights.FD_SEEK);
    guest.memory().writeLong((int) a[1], file.position());
    return Errno.ESUCCESS;
  }

  private static FileChannel seekable(Guest guest, int fd, long rights) throws ErrnoException {
    if (!(Descriptors.of(guest).get(fd).openFor(rights) instanceof OpenFile file)) {
      throw new ErrnoException(Errno.EBADF);
    }
    return file.channel();
  }
}
