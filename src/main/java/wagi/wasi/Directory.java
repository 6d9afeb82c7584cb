package wagi.wasi;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A directory, and the files beneath it by their paths; no path leads out of it. */
sealed interface Directory extends Resource permits HostDirectory, PortableDirectory {
  /** Returns the name under which the guest finds it at its start; null if opened later. */
  @Nullable String preopenName();

  FileStatus status(String path, boolean follow) throws IOException, ErrnoException;

  /** Returns where a link points; not if it names a place on the host. */
  String readLink(String path) throws IOException, ErrnoException;

  /** Opens a regular file or a directory, if it is of a kind that opens at once. */
  Resource open(String path, OpenHow how) throws IOException, ErrnoException;

  /** Passes entries on, from the one that the cookie stands for, until no more are taken. */
  void entries(long cookie, int atMostBytes, Entries to) throws IOException, ErrnoException;

  void createDirectory(String path) throws IOException, ErrnoException;

  void removeDirectory(String path) throws IOException, ErrnoException;

  void unlinkFile(String path) throws IOException, ErrnoException;

  void symlink(String target, String path) throws IOException, ErrnoException;

  void link(String path, boolean follow, Directory toDirectory, String to)
      throws IOException, ErrnoException;

  void rename(String path, Directory toDirectory, String to) throws IOException, ErrnoException;

  void setTimes(String path, boolean follow, FileTimes times) throws IOException, ErrnoException;

  @Override
  default Filetype type() {
    return Filetype.DIRECTORY;
  }

  /** Takes a directory's entries one by one. */
  @FunctionalInterface
  interface Entries {
    /**
     * Takes one.
     *
     * @param next the cookie of the one after it
     * @return whether there may be room for another
     */
    boolean take(long next, long inode, Filetype type, byte[] name);
  }
}
