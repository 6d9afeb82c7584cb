package wagi.wasi;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import wagi.engine.GuestMemory;

/** A file's attributes, times in nanoseconds. */
record FileStatus(Filetype type, long device, long inode, long links, long size, Times times) {
  /** Size of the structure in memory. */
  static final int SIZE = 64;

  /** Of a stream, which is no file, or of something that has gone. */
  static final FileStatus UNKNOWN =
      new FileStatus(Filetype.UNKNOWN, 0, 0, 1, 0, new Times(0, 0, 0));

  private static final boolean UNIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

  /** Last access, last modification, last change of attributes. */
  record Times(long access, long modification, long change) {}

  /** Reads what is at this very path, without following a link. */
  static FileStatus of(Path path) throws IOException {
    return UNIX ? ofUnix(path) : ofBasic(path);
  }

  private static FileStatus ofUnix(Path path) throws IOException {
    Map<String, Object> found =
        Files.readAttributes(
            path,
            "unix:mode,dev,ino,nlink,size,lastAccessTime,lastModifiedTime,ctime",
            LinkOption.NOFOLLOW_LINKS);
    return new FileStatus(
        Filetype.ofMode((int) number(found, "mode")),
        number(found, "dev"),
        number(found, "ino"),
        number(found, "nlink"),
        number(found, "size"),
        new Times(
            nanos(found, "lastAccessTime"),
            nanos(found, "lastModifiedTime"),
            nanos(found, "ctime")));
  }

  private static FileStatus ofBasic(Path path) throws IOException {
    BasicFileAttributes found =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    Times times =
        new Times(
            found.lastAccessTime().to(TimeUnit.NANOSECONDS),
            found.lastModifiedTime().to(TimeUnit.NANOSECONDS),
            found.lastModifiedTime().to(TimeUnit.NANOSECONDS));
    return new FileStatus(typeOf(found), 0, 0, 1, found.size(), times);
  }

  private static long number(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof Number number ? number.longValue() : 0;
  }

  private static long nanos(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof FileTime time ? time.to(TimeUnit.NANOSECONDS) : 0;
  }

  static Filetype typeOf(BasicFileAttributes attributes) {
    if (attributes.isSymbolicLink()) {
      return Filetype.SYMBOLIC_LINK;
    }
    if (attributes.isDirectory()) {
      return Filetype.DIRECTORY;
    }
    return attributes.isRegularFile() ? Filetype.REGULAR_FILE : Filetype.UNKNOWN;
  }

  FileStatus withSize(long newSize) {
    return new FileStatus(type, device, inode, links, newSize, times);
  }

  /**
   * Writes the structure of preview 1.
   *
   * <pre>
   * 0 u64 dev | 8 u64 ino | 16 u8 type | 24 u64 nlink | 32 u64 size | 40 u64 atim | 48 mtim | 56 ctim
   * </pre>
   */
  void write(GuestMemory memory, int to) {
    memory.writeLong(to, device);
    memory.writeLong(to + 8, inode);
    memory.writeLong(to + 16, type.code());
    memory.writeLong(to + 24, links);
    memory.writeLong(to + 32, size);
    memory.writeLong(to + 40, times.access);
    memory.writeLong(to + 48, times.modification);
    memory.writeLong(to + 56, times.change);
  }
}
