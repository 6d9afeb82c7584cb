package wagi.wasi;

import java.io.IOException;
import wagi.engine.Guest;
import wagi.engine.GuestMemory;

/** Reads, writes and seeks: the bytes go straight between the guest's memory and the other side. */
final class FdTransfers {
  // Whatever a guest asks for goes through native buffers of this size.
  private static final int CHUNK_BYTES = 64 * 1024;

  private FdTransfers() {}

  /** Reads into a part of the array; -1 at the end. */
  @FunctionalInterface
  private interface Source {
    int read(byte[] to, int offset, int length) throws IOException, ErrnoException;
  }

  /** Writes a part of the array: how much of it. */
  @FunctionalInterface
  private interface Target {
    int write(byte[] from, int offset, int length) throws ErrnoException;
  }

  static Errno read(Guest guest, long[] a) throws IOException, ErrnoException {
    GuestMemory memory = guest.memory();
    Iovecs iovecs = Iovecs.read(memory, (int) a[1], (int) a[2]);
    Bounds.check(memory, (int) a[3], 4);
    int done =
        switch (openForData(guest, (int) a[0], Rights.FD_READ)) {
          case Stream stream -> scatter(guest, iovecs, guest::readStdin);
          case OpenFile file -> scatter(guest, iovecs, file::read);
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
              int read = file.pread(to, offset, n, position[0]);
              position[0] += Math.max(0, read);
              return read;
            });
    memory.writeI32((int) a[4], done);
    return Errno.ESUCCESS;
  }

  private static int scatter(Guest guest, Iovecs iovecs, Source source)
      throws IOException, ErrnoException {
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
    int done =
        switch (openForData(guest, (int) a[0], Rights.FD_WRITE)) {
          case Stream stream -> say(guest, iovecs, stream);
          case OpenFile file -> gather(guest, iovecs, file::write);
          case Directory directory -> throw new ErrnoException(Errno.EISDIR);
        };
    memory.writeI32((int) a[3], done);
    return Errno.ESUCCESS;
  }

  static Errno pwrite(Guest guest, long[] a) throws ErrnoException {
    GuestMemory memory = guest.memory();
    Iovecs iovecs = Iovecs.read(memory, (int) a[1], (int) a[2]);
    Bounds.check(memory, (int) a[4], 4);
    OpenFile file = openForDataAt(guest, (int) a[0], Rights.FD_WRITE, a[3]);
    long[] position = {a[3]};
    int done =
        gather(
            guest,
            iovecs,
            (from, offset, n) -> {
              int written = file.pwrite(from, offset, n, position[0]);
              position[0] += written;
              return written;
            });
    memory.writeI32((int) a[4], done);
    return Errno.ESUCCESS;
  }

  private static int say(Guest guest, Iovecs iovecs, Stream stream) throws ErrnoException {
    byte[] memory = guest.memory().array();
    int total = 0;
    try {
      for (int i = 0; i < iovecs.count(); i++) {
        int length = iovecs.length(i);
        if (length == 0) {
          continue;
        }
        if (stream == Stream.STDERR) {
          guest.writeStderr(memory, iovecs.address(i), length);
        } else {
          guest.writeStdout(memory, iovecs.address(i), length);
        }
        total += length;
      }
    } catch (IOException e) {
      guest.checkStopped();
      throw new ErrnoException(Errno.EPIPE);
    }
    return total;
  }

  // What was written before an error is the answer; the error comes again with the rest.
  private static int gather(Guest guest, Iovecs iovecs, Target target) throws ErrnoException {
    int total = 0;
    try {
      for (int i = 0; i < iovecs.count(); i++) {
        int length = iovecs.length(i);
        int done = 0;
        while (done < length) {
          guest.checkStopped();
          int n = Math.min(CHUNK_BYTES, length - done);
          int written = target.write(guest.memory().array(), iovecs.address(i) + done, n);
          done += written;
          total += written;
          if (written < n) {
            return total;
          }
        }
      }
    } catch (ErrnoException e) {
      if (total == 0) {
        throw e;
      }
    }
    return total;
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
    OpenFile file =
        seekable(guest, (int) a[0], tells ? Rights.FD_TELL | Rights.FD_SEEK : Rights.FD_SEEK);
    guest.memory().writeLong((int) a[3], file.seek(a[1], whence));
    return Errno.ESUCCESS;
  }

  static Errno tell(Guest guest, long[] a) throws IOException, ErrnoException {
    Bounds.check(guest.memory(), (int) a[1], 8);
    OpenFile file = seekable(guest, (int) a[0], Rights.FD_TELL | Rights.FD_SEEK);
    guest.memory().writeLong((int) a[1], file.seek(0, Whence.CUR));
    return Errno.ESUCCESS;
  }

  private static OpenFile seekable(Guest guest, int fd, long rights) throws ErrnoException {
    if (!(Descriptors.of(guest).get(fd).openFor(rights) instanceof OpenFile file)) {
      throw new ErrnoException(Errno.EBADF);
    }
    return file;
  }
}
