package wagi.wasi;

/** A file of a Linux host. */
final class HostFile implements OpenFile {
  private final Linux linux;
  private final int fd;
  private final boolean writable;
  private boolean append;

  /**
   * Takes an open descriptor over.
   *
   * @param writable whether its volume is: its own descriptor may still be open for reading only
   */
  HostFile(Linux linux, int fd, int fdflags, boolean writable) {
    this.linux = linux;
    this.fd = fd;
    this.writable = writable;
    append = (fdflags & OpenHow.APPEND) != 0;
  }

  @Override
  public FileStatus status() throws ErrnoException {
    return linux.statx(fd, "");
  }

  @Override
  public int read(byte[] to, int offset, int length) throws ErrnoException {
    return linux.read(fd, to, offset, length);
  }

  @Override
  public int pread(byte[] to, int offset, int length, long position) throws ErrnoException {
    return linux.pread(fd, to, offset, length, position);
  }

  @Override
  public int write(byte[] from, int offset, int length) throws ErrnoException {
    return linux.write(fd, from, offset, length);
  }

  // Linux would append here too, against POSIX.
  @Override
  public int pwrite(byte[] from, int offset, int length, long position) throws ErrnoException {
    if (!append) {
      return linux.pwrite(fd, from, offset, length, position);
    }
    linux.fcntlSetfl(fd, 0);
    try {
      return linux.pwrite(fd, from, offset, length, position);
    } finally {
      linux.fcntlSetfl(fd, Linux.O_APPEND);
    }
  }

  @Override
  public long seek(long offset, Whence whence) throws ErrnoException {
    return linux.lseek(fd, offset, whence);
  }

  @Override
  public void setSize(long size) throws ErrnoException {
    linux.ftruncate(fd, size);
  }

  @Override
  public void allocate(long offset, long length) throws ErrnoException {
    linux.fallocate(fd, offset, length);
  }

  @Override
  public void setTimes(FileTimes times) throws ErrnoException {
    linux.futimens(fd, times);
  }

  // A guest that cannot write has nothing to wait for.
  @Override
  public void sync(boolean dataOnly) throws ErrnoException {
    if (!writable) {
      return;
    }
    if (dataOnly) {
      linux.fdatasync(fd);
    } else {
      linux.fsync(fd);
    }
  }

  @Override
  public void setFlags(int fdflags) throws ErrnoException {
    boolean wanted = (fdflags & OpenHow.APPEND) != 0;
    linux.fcntlSetfl(fd, wanted ? Linux.O_APPEND : 0);
    append = wanted;
  }

  @Override
  public long possible(long rights) {
    long kept = rights & Rights.FILE;
    if (!writable) {
      return kept;
    }
    boolean writes = (rights & Rights.FD_WRITE) != 0;
    return kept
        | (rights & Rights.FD_FILESTAT_SET_TIMES)
        | (writes ? rights & Rights.FILE_CHANGES : 0);
  }

  @Override
  public void close() {
    linux.close(fd);
  }
}
