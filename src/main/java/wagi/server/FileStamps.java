package wagi.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

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

  /** Returns these, with what they do not know taken from the others, and no other files. */
  FileStamps before(FileStamps others) {
    Map<Path, String> merged = new HashMap<>(others.stamps);
    merged.replaceAll((file, stamp) -> stamps.getOrDefault(file, stamp));
    return new FileStamps(merged);
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
