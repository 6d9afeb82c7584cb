package wagi.wasi;

import java.io.IOException;

/** What a descriptor refers to. */
sealed interface Resource permits Stream, OpenFile, Directory {
  Filetype type();

  FileStatus status() throws IOException;

  void close() throws IOException;
}
