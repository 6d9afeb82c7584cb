package wagi.wasi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A file open for reading on a system whose calls we do not make ourselves.
 *
 * @param atOpen its attributes when it was opened: its path may name another file by now
 */
record PortableFile(FileChannel channel, FileStatus atOpen) implements OpenFile {
  @Override
  public FileStatus status() throws IOException {
    return atOpen.withSize(channel.size());
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    return channel.read(ByteBuffer.wrap(to, offset, length));
  }

  @Override
  public int pread(byte[] to, int offset, int length, long position) throws IOException {
    return channel.read(ByteBuffer.wrap(to, offset, length), position);
  }

  @Override
  public long seek(long offset, Whence whence) throws IOException, ErrnoException {
    long base =
        switch (whence) {
          case SET -> 0;
          case CUR -> channel.position();
          case END -> channel.size();
        };
    long position = base + offset;
    if (position < 0) {
      throw new ErrnoException(Errno.EINVAL);
    }
    channel.position(position);
    return position;
  }

  @Override
  public void sync(boolean dataOnly) {}

  @Override
  public void setFlags(int fdflags) {}

  @Override
  public long possible(long rights) {
    return rights & Rights.FILE;
  }

  // No descriptor has the right to any of these.

  @Override
  public int write(byte[] from, int offset, int length) throws ErrnoException {
    throw new ErrnoException(Errno.EROFS);
  }

  @Override
  public int pwrite(byte[] from, int offset, int length, long position) throws ErrnoException {
    throw new ErrnoException(Errno.EROFS);
  }

  @Override
  public void setSize(long size) throws ErrnoException {
    throw new ErrnoException(Errno.EROFS);
  }

  @Override
  public void allocate(long offset, long length) throws ErrnoException {
    throw new ErrnoException(Errno.EROFS);
  }

  @Override
  public void setTimes(FileTimes times) throws ErrnoException {
    throw new ErrnoException(Errno.EROFS);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
