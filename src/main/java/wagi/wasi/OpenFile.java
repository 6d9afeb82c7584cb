package wagi.wasi;

import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * A regular file open for reading.
 *
 * @param atOpen its attributes when it was opened: its path may name another file by now
 */
record OpenFile(FileChannel channel, FileStatus atOpen) implements Resource {
  @Override
  public Filetype type() {
    return Filetype.REGULAR_FILE;
  }

  @Override
  public FileStatus status() throws IOException {
    return atOpen.withSize(channel.size());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
