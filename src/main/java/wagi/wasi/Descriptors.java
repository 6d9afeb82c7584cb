package wagi.wasi;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wagi.engine.Bound;
import wagi.engine.Guest;
import wagi.engine.Preopen;

/** One guest's descriptors: 0 to 2 its streams, from 3 its preopened directories. */
final class Descriptors implements AutoCloseable {
  private static final int STREAMS = 3;

  private final Guest guest;
  private final Linux linux = new Linux();
  private final int maxOpen;
  private @Nullable Descriptor[] table;

  private Descriptors(Guest guest, @Nullable Beneath way) {
    this.guest = guest;
    List<Preopen> preopens = guest.invocation().preopens();
    table = new @Nullable Descriptor[STREAMS + preopens.size()];
    table[0] = Descriptor.of(Stream.STDIN);
    table[1] = Descriptor.of(Stream.STDOUT);
    table[2] = Descriptor.of(Stream.STDERR);
    for (int i = 0; i < preopens.size(); i++) {
      Directory directory = directory(preopens.get(i), way);
      table[STREAMS + i] = new Descriptor(directory, directory.possible(Rights.ALL), Rights.ALL, 0);
    }
    maxOpen = table.length + guest.limits().openFiles();
  }

  static Descriptors of(Guest guest) {
    return of(guest, null);
  }

  /** Returns them; a way other than the system's best is for tests. */
  static Descriptors of(Guest guest, @Nullable Beneath way) {
    return guest.attachment(Descriptors.class, () -> new Descriptors(guest, way));
  }

  private Directory directory(Preopen volume, @Nullable Beneath way) {
    Beneath beneath = way == null ? Beneath.here() : way;
    return switch (beneath) {
      case OPENAT2, COMPONENTS -> HostDirectory.of(volume, linux, beneath);
      case NAMES -> PortableDirectory.of(volume);
    };
  }

  /** Returns how many descriptors the host has open for the guest. */
  int openOnHost() {
    return linux.openDescriptors();
  }

  Descriptor get(int fd) throws ErrnoException {
    Descriptor found = find(fd);
    if (found == null) {
      throw new ErrnoException(Errno.EBADF);
    }
    return found;
  }

  /** Returns null for a number that is not open: guests count up until they find one. */
  @Nullable Descriptor find(int fd) {
    return fd >= 0 && fd < table.length ? table[fd] : null;
  }

  /** Returns the lowest free number, before anything is opened for it. */
  int reserve() throws ErrnoException {
    int fd = 0;
    while (find(fd) != null) {
      fd++;
    }
    if (fd >= maxOpen) {
      guest.heldTo(Bound.OPEN_FILES);
      throw new ErrnoException(Errno.EMFILE);
    }
    return fd;
  }

  void put(int fd, Descriptor descriptor) {
    if (fd >= table.length) {
      table = Arrays.copyOf(table, fd + 1);
    }
    table[fd] = descriptor;
  }

  void close(int fd) throws IOException, ErrnoException {
    Descriptor closed = get(fd);
    table[fd] = null;
    closed.resource().close();
  }

  /** Moves a descriptor over another one, which is closed. Both must be open. */
  void renumber(int from, int to) throws IOException, ErrnoException {
    Descriptor moved = get(from);
    Descriptor replaced = get(to);
    if (from == to) {
      return;
    }
    table[to] = moved;
    table[from] = null;
    replaced.resource().close();
  }

  @Override
  public void close() throws IOException {
    IOException first = null;
    for (int fd = 0; fd < table.length; fd++) {
      Descriptor descriptor = table[fd];
      table[fd] = null;
      try {
        if (descriptor != null) {
          descriptor.resource().close();
        }
      } catch (IOException e) {
        first = first == null ? e : first;
      }
    }
    linux.close();
    if (first != null) {
      throw first;
    }
  }
}
