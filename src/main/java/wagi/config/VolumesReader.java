package wagi.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a module's {@code volumes}: guest path to host directory. */
final class VolumesReader {
  private static final Lookup.Wanted DIRECTORY =
      new Lookup.Wanted("volumes", "directory", false, Files::isDirectory);

  private final Lookup lookup;
  private final Problems problems;

  VolumesReader(Lookup lookup, Problems problems) {
    this.lookup = lookup;
    this.problems = problems;
  }

  List<VolumeSettings> read(Node.@Nullable Table table) {
    List<VolumeSettings> volumes = new ArrayList<>();
    if (table == null) {
      return List.of();
    }
    for (Map.Entry<String, Node.Entry> entry : table.entries().entrySet()) {
      Position keyAt = entry.getValue().keyAt();
      String guestPath = guestPath(entry.getKey(), keyAt);
      Node.Text path = path(entry.getValue().value());
      Path directory = path == null ? null : lookup.find(path, DIRECTORY, problems);
      if (guestPath == null || directory == null) {
        continue;
      }
      if (volumes.stream().anyMatch(volume -> volume.guestPath().equals(guestPath))) {
        problems.error(keyAt, "volumes: " + Quote.of(guestPath) + " is mounted twice");
        continue;
      }
      volumes.add(new VolumeSettings(guestPath, directory));
    }
    return List.copyOf(volumes);
  }

  private @Nullable String guestPath(String path, Position at) {
    if (!path.startsWith("/")) {
      String advice = path.isEmpty() ? "" : ", such as " + Quote.of("/" + path);
      problems.error(
          at,
          "volumes: expected a guest path that begins with /"
              + advice
              + ", found "
              + Quote.of(path));
      return null;
    }
    if (Quote.hasControl(path)) {
      problems.error(at, "volumes: control character in guest path " + Quote.of(path));
      return null;
    }
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      if (segment.equals(".") || segment.equals("..")) {
        problems.error(at, "volumes: guest path " + Quote.of(path) + " must not hold . or ..");
        return null;
      }
      if (!segment.isEmpty()) {
        segments.add(segment);
      }
    }
    return "/" + String.join("/", segments);
  }

  private Node.@Nullable Text path(Node value) {
    if (value instanceof Node.Text text) {
      return plain(text);
    }
    if (!(value instanceof Node.Table table)) {
      problems.error(
          value.at(), "volumes: expected a directory or { path = \"…\" }, found " + value.found());
      return null;
    }
    Fields fields = new Fields(Section.VOLUME, table, problems);
    if (fields.flag("write", false)) {
      fields.error("write", "writing is not there yet; without it the guest may read");
    }
    String path = fields.text("path");
    if (!fields.has("path")) {
      problems.error(table.at(), "volumes: \"path\" is missing");
    }
    return path == null ? null : plain(new Node.Text(fields.at("path"), path));
  }

  private Node.@Nullable Text plain(Node.Text text) {
    if (text.value().isEmpty() || Quote.hasControl(text.value())) {
      problems.error(text.at(), "volumes: expected a directory, found " + text.found());
      return null;
    }
    return text;
  }
}
