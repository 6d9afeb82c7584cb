package wagi.wasi;

/** An open file, directory or stream, with what this guest may do with it. */
final class Descriptor {
  private final Resource resource;
  private long rights;
  private long inheriting;
  private int flags;

  Descriptor(Resource resource, long rights, long inheriting, int flags) {
    this.resource = resource;
    this.rights = rights;
    this.inheriting = inheriting;
    this.flags = flags;
  }

  static Descriptor of(Stream stream) {
    return new Descriptor(stream, stream == Stream.STDIN ? Rights.STDIN : Rights.STDOUT, 0, 0);
  }

  Resource resource() {
    return resource;
  }

  long rights() {
    return rights;
  }

  long inheriting() {
    return inheriting;
  }

  int flags() {
    return flags;
  }

  void setFlags(int newFlags) {
    flags = newFlags;
  }

  /** Gives rights up; none can be won back. */
  void narrow(long newRights, long newInheriting) throws ErrnoException {
    if ((newRights & ~rights) != 0 || (newInheriting & ~inheriting) != 0) {
      throw new ErrnoException(Errno.ENOTCAPABLE);
    }
    rights = newRights;
    inheriting = newInheriting;
  }

  /** Returns the resource if it was opened for this; POSIX says EBADF where it was not. */
  Resource openFor(long right) throws ErrnoException {
    if ((rights & right) == 0) {
      throw new ErrnoException(
          resource instanceof Stream && (right & (Rights.FD_SEEK | Rights.FD_TELL)) != 0
              ? Errno.ESPIPE
              : Errno.EBADF);
    }
    return resource;
  }

  /** Returns the directory, for a function that takes a path in it. */
  Directory directory(long right) throws ErrnoException {
    if (!(resource instanceof Directory directory)) {
      throw new ErrnoException(Errno.ENOTDIR);
    }
    if ((rights & right) == 0) {
      throw new ErrnoException(Errno.ENOTCAPABLE);
    }
    return directory;
  }
}
