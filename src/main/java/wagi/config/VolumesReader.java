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

  /** One as it is written. */
  private record Volume(Node.Text path, boolean write) {}

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
      Volume volume = volume(entry.getValue().value());
      Path directory = volume == null ? null : lookup.find(volume.path(), DIRECTORY, problems);
      if (guestPath == null || volume == null || directory == null) {
        continue;
      }
      if (volumes.stream().anyMatch(other -> other.guestPath().equals(guestPath))) {
        problems.error(keyAt, "volumes: " + Quote.of(guestPath) + " is mounted twice");
        continue;
      }
      volumes.add(new VolumeSettings(guestPath, directory, volume.write()));
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

  private @Nullable Volume volume(Node value) {
    if (value instanceof Node.Text text) {
      return volume(text, false);
    }
    if (!(value instanceof Node.Table table)) {
      problems.error(
          value.at(), "volumes: expected a directory or { path = \"…\" }, found " + value.found());
      return null;
    }
    Fields fields = new Fields(Section.VOLUME, table, problems);
    boolean write = fields.flag("write", false);
    String path = fields.text("path");
    if (!fields.has("path")) {
      problems.error(table.at(), "volumes: \"path\" is missing");
    }
    return path == null ? null : volume(new Node.Text(fields.at("path"), path), write);
  }

  private @Nullable Volume volume(Node.Text text, boolean write) {
    if (text.value().isEmpty() || Quote.hasControl(text.value())) {
      problems.error(text.at(), "volumes: expected a directory, found " + text.found());
      return null;
    }
    return new Volume(text, write);
  }
}
