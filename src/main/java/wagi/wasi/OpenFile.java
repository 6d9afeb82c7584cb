package wagi.wasi;

import java.io.IOException;

/** A regular file open for reading, writing or both, with a position of its own. */
sealed interface OpenFile extends Resource permits HostFile, PortableFile {
  /** Reads at the position and moves it: the number of bytes, less than 1 at the end. */
  int read(byte[] to, int offset, int length) throws IOException, ErrnoException;

  int pread(byte[] to, int offset, int length, long position) throws IOException, ErrnoException;

  int write(byte[] from, int offset, int length) throws ErrnoException;

  int pwrite(byte[] from, int offset, int length, long position) throws ErrnoException;

  /** Moves the position and returns it. */
  long seek(long offset, Whence whence) throws IOException, ErrnoException;

  void setSize(long size) throws ErrnoException;

  void allocate(long offset, long length) throws ErrnoException;

  @Override
  default Filetype type() {
    return Filetype.REGULAR_FILE;
  }
}
