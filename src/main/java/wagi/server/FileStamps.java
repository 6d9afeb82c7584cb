package wagi.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What files look like from outside: which file a path leads to, its time and size. Editors that
 * rename and mounts that swap a symbolic link change the first of these.
 */
record FileStamps(Map<Path, String> stamps) {
  static FileStamps of(Collection<Path> files) {
    Map<Path, String> stamps = new HashMap<>();
    for (Path file : files) {
      stamps.put(file, stamp(file));
    }
    return new FileStamps(stamps);
  }

  /** Like none that a file ever has, so that it is looked at once more. */
  private static final String UNKNOWN = "unknown";

  /**
   * Returns these, taken before the files were read. Files that only the reading named may have
   * changed since they were read.
   */
  FileStamps onlyOf(Set<Path> read) {
    Map<Path, String> known = new HashMap<>();
    for (Path file : read) {
      known.put(file, stamps.getOrDefault(file, UNKNOWN));
    }
    return new FileStamps(known);
  }

  private static String stamp(Path file) {
    try {
      BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
      return file.toRealPath()
          + " "
          + seen.fileKey()
          + " "
          + seen.lastModifiedTime().toInstant()
          + " "
          + seen.size();
    } catch (IOException e) {
      return "none";
    }
  }
}
