package wagi.wasi;

/** A standard stream: neither a terminal, so that libc buffers it, nor seekable. */
enum Stream implements Resource {
  STDIN,
  STDOUT,
  STDERR;

  @Override
  public Filetype type() {
    return Filetype.UNKNOWN;
  }

  @Override
  public FileStatus status() {
    return FileStatus.UNKNOWN;
  }

  @Override
  public void setTimes(FileTimes times) throws ErrnoException {
    throw new ErrnoException(Errno.EBADF);
  }

  @Override
  public void sync(boolean dataOnly) throws ErrnoException {
    throw new ErrnoException(Errno.EINVAL);
  }

  @Override
  public void setFlags(int fdflags) {}

  @Override
  public long possible(long rights) {
    return rights & (this == STDIN ? Rights.STDIN : Rights.STDOUT);
  }

  @Override
  public void close() {}
}
