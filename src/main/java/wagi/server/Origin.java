package wagi.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wagi.config.ModuleSettings;

/**
 * What a module was made from, beside its settings: a module of the same need not be made again.
 *
 * @param directories its volumes, as they were then: behind the same path may be another directory
 */
record Origin(String digest, @Nullable String serverName, List<String> directories) {
  static Origin of(ModuleSettings settings, String digest, @Nullable String serverName) {
    return new Origin(
        digest,
        serverName,
        settings.volumes().stream().map(volume -> identity(volume.directory())).toList());
  }

  private static String identity(Path directory) {
    try {
      Object key = Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
      return directory.toRealPath() + " " + key;
    } catch (IOException e) {
      return directory + " " + e;
    }
  }
}
