package wagi.wasi;

import java.io.IOException;

/** What a descriptor refers to. */
sealed interface Resource permits Stream, OpenFile, Directory {
  Filetype type();

  FileStatus status() throws IOException, ErrnoException;

  void setTimes(FileTimes times) throws ErrnoException;

  /** Waits until what was written is on the disk. */
  void sync(boolean dataOnly) throws IOException, ErrnoException;

  /** Changes the flags that can change: APPEND and NONBLOCK. */
  void setFlags(int fdflags) throws ErrnoException;

  /** Returns which of these rights make sense for it. */
  long possible(long rights);

  void close() throws IOException;
}
