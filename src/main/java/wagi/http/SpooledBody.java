package wagi.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;
import wagi.message.Body;

/** A body in a file that has no name any more; it is gone when the exchange closes it. */
final class SpooledBody implements Body, AutoCloseable {
  private final Spool spool;
  private final FileChannel file;
  private long length;
  private boolean closed;

  SpooledBody(Spool spool) throws IOException {
    this.spool = spool;
    this.file = spool.create();
  }

  void append(byte[] bytes, int count) throws IOException {
    synchronized (this) {
      if (closed) {
        throw new IOException("the exchange has ended");
      }
      spool.reserve(count);
      length += count;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
  }

  @Override
  public synchronized long length() {
    return length;
  }

  @Override
  public InputStream open() {
    return new InputStream() {
      private long position;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, bytes.length);
        int read = file.read(ByteBuffer.wrap(bytes, offset, count), position);
        position += Math.max(read, 0);
        return read;
      }
    };
  }

  @Override
  public void close() throws IOException {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      spool.release(length);
    }
    file.close();
  }
}
