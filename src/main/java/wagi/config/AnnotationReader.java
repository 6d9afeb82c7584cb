package wagi.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a Krustlet map: a name, of a container in a Pod, to the module's settings. */
final class AnnotationReader {
  private static final List<String> ADDRESS = List.of("default-host", "default_host");

  private final Scope scope;
  private final Problems problems;

  AnnotationReader(Scope scope) {
    this.scope = scope;
    this.problems = scope.problems();
  }

  /** A map that is a file of its own may hold its address as well. */
  @Nullable ListenAddress listen(Node.Table map) {
    ListenAddress found = null;
    for (String key : ADDRESS) {
      Node.Entry entry = map.entries().get(key);
      if (entry != null && entry.value() instanceof Node.Text text) {
        found = NativeReader.parse(key, text, problems);
      }
    }
    return found;
  }

  /** Without containers, {@code --modules-dir} knows the names. */
  List<ModuleSettings> modules(Node.Table map) {
    return modules(map, null);
  }

  List<ModuleSettings> modules(
      Node.Table map, @Nullable Map<String, PodReader.Container> containers) {
    List<ModuleSettings> modules = new ArrayList<>();
    for (Map.Entry<String, Node.Entry> entry : map.entries().entrySet()) {
      String name = entry.getKey();
      Node value = entry.getValue().value();
      if (containers == null && ADDRESS.contains(name) && value instanceof Node.Text) {
        continue;
      }
      if (!(value instanceof Node.Table table)) {
        problems.error(
            value.at(),
            Quote.of(name)
                + ": expected a module's settings such as {\"route\": \"/hello\"}, found "
                + value.found());
        continue;
      }
      Path file = file(name, entry.getValue().keyAt(), containers);
      Fields fields = new Fields(Section.MODULE, settings(table), problems);
      ModuleSettings module = new ModuleReader(scope).read(fields, name, file);
      if (module != null) {
        modules.add(module);
      }
    }
    return modules;
  }

  private @Nullable Path file(
      String name, Position at, @Nullable Map<String, PodReader.Container> containers) {
    if (!ModuleNames.NAME.matcher(name).matches()) {
      problems.error(at, "expected a container's name, found " + Quote.of(name));
      return null;
    }
    if (containers == null) {
      return scope.files().named(at, name, null);
    }
    PodReader.Container container = containers.get(name);
    if (container == null) {
      String nearest = KnownKeys.nearest(name, containers.keySet());
      problems.error(
          at,
          "no container is named "
              + Quote.of(name)
              + (nearest == null ? "" : ": did you mean " + Quote.of(nearest) + "?"));
      return null;
    }
    return container.image() == null
        ? null
        : scope.files().named(container.imageAt(), name, container.image());
  }

  /** As Krustlet read them: null is as good as not written, and the image says which module. */
  private Node.Table settings(Node.Table table) {
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    table
        .entries()
        .forEach(
            (key, entry) -> {
              if (entry.value() instanceof Node.Null) {
                return;
              }
              if (key.equals("module") || key.equals("name")) {
                problems.warn(
                    entry.keyAt(),
                    key + ": ignored, as Krustlet did: the name above says which module");
                return;
              }
              entries.put(key, entry);
            });
    return new Node.Table(table.at(), entries);
  }
}
