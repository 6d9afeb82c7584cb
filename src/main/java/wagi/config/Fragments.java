package wagi.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** The files of {@code --conf-dir}, in the order of their names. */
final class Fragments {
  private static final Pattern NAME = Pattern.compile("[^.].*\\.(toml|json|yaml|yml)");
  private static final int MOST_FILES = 10_000;

  private Fragments() {}

  static List<Path> list(Path directory, String name, Problems problems) {
    List<Path> files = new ArrayList<>();
    Position at = Position.of(name);
    problems.lookedAt(directory);
    if (!Files.isDirectory(directory)) {
      problems.error(at, "no such directory");
      return files;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String file = String.valueOf(entry.getFileName());
        if (!NAME.matcher(file).matches() || Files.isDirectory(entry)) {
          continue;
        }
        if (files.size() == MOST_FILES) {
          problems.error(at, "more than " + MOST_FILES + " files");
          break;
        }
        files.add(entry);
      }
    } catch (IOException e) {
      problems.error(at, "cannot be read: " + e.getMessage());
    }
    Collections.sort(files);
    return files;
  }
}
