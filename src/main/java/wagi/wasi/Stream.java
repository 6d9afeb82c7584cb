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
  public void close() {}
}
