package wagi.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a Pod manifest as Krustlet did: two annotations and the containers' images. */
final class PodReader {
  private static final String PREFIX = "alpha.wagi.krustlet.dev/";
  private static final String DEFAULT_HOST = PREFIX + "default-host";
  private static final String MODULES = PREFIX + "modules";

  /** What a container says; a container without an image has been reported. */
  record Container(Position at, @Nullable String image, Position imageAt) {}

  private final Scope scope;
  private final Problems problems;
  private final Document document;

  PodReader(Scope scope, Document document) {
    this.scope = scope;
    this.problems = scope.problems();
    this.document = document;
  }

  static boolean isManifest(Node.Table root) {
    return root.entries().containsKey("apiVersion")
        || (value(root, "kind") instanceof Node.Text && !root.entries().containsKey("module"));
  }

  /** The address and the modules; an address that is missing or bad is null. */
  record Pod(@Nullable ListenAddress listen, List<ModuleSettings> modules) {}

  Pod read(Node.Table root) {
    Node kind = value(root, "kind");
    if (!(kind instanceof Node.Text text) || !text.value().equals("Pod")) {
      Position at = kind == null ? root.at() : kind.at();
      problems.error(
          at, "kind: expected \"Pod\", found " + (kind == null ? "nothing" : kind.found()));
      return new Pod(null, List.of());
    }
    Map<String, Container> containers = containers(root);
    Node.Table metadata = table(root, "metadata");
    Node.Table annotations = metadata == null ? null : table(metadata, "annotations");
    if (annotations == null) {
      problems.error(
          metadata == null ? root.at() : metadata.at(),
          "no annotation " + MODULES + ": it names the routes");
      return new Pod(null, List.of());
    }
    warnOfMisspelt(annotations);
    ListenAddress listen = listen(annotations);
    Node.Table map = modules(annotations);
    if (map == null) {
      return new Pod(listen, List.of());
    }
    containers.forEach(
        (name, container) -> {
          if (!map.entries().containsKey(name)) {
            problems.warn(
                container.at(), "container " + Quote.of(name) + " has no route in " + MODULES);
          }
        });
    return new Pod(listen, new AnnotationReader(scope).modules(map, containers));
  }

  private @Nullable ListenAddress listen(Node.Table annotations) {
    Node node = value(annotations, DEFAULT_HOST);
    if (node == null) {
      return null;
    }
    if (node instanceof Node.Text text) {
      return NativeReader.parse(DEFAULT_HOST, text, problems);
    }
    problems.error(
        node.at(),
        DEFAULT_HOST + ": expected a string, found " + node.found() + ": put it in quotes");
    return null;
  }

  private Node.@Nullable Table modules(Node.Table annotations) {
    Node node = value(annotations, MODULES);
    if (node == null) {
      problems.error(annotations.at(), "no annotation " + MODULES + ": it names the routes");
      return null;
    }
    if (!(node instanceof Node.Text text)) {
      problems.error(
          node.at(),
          MODULES
              + ": expected a string that holds JSON, found "
              + node.found()
              + ": begin it with |");
      return null;
    }
    Node json = JacksonTree.json(text.value(), new ScalarPlaces(text, document.text()), problems);
    if (json == null || json instanceof Node.Table) {
      return (Node.Table) json;
    }
    problems.error(
        json.at(), MODULES + ": expected an object of names and modules, found " + json.found());
    return null;
  }

  private void warnOfMisspelt(Node.Table annotations) {
    annotations
        .entries()
        .forEach(
            (key, entry) -> {
              if (key.startsWith(PREFIX) && !key.equals(DEFAULT_HOST) && !key.equals(MODULES)) {
                String nearest = KnownKeys.nearest(key, List.of(DEFAULT_HOST, MODULES));
                problems.unknownKey(
                    entry.keyAt(),
                    "unknown annotation "
                        + key
                        + (nearest == null ? "" : ": did you mean " + nearest + "?"));
              }
            });
  }

  private Map<String, Container> containers(Node.Table root) {
    Map<String, Container> containers = new LinkedHashMap<>();
    Node.Table spec = table(root, "spec");
    Node list = spec == null ? null : value(spec, "containers");
    if (!(list instanceof Node.Array array)) {
      problems.error(
          list == null ? root.at() : list.at(), "spec.containers: expected an array of containers");
      return containers;
    }
    for (Node.Table container : tables(array)) {
      Node.Text name = text(container, "name");
      Node.Text image = text(container, "image");
      if (name == null) {
        continue;
      }
      Position imageAt = image == null ? container.at() : image.at();
      Container read = new Container(name.at(), image == null ? null : image.value(), imageAt);
      if (containers.putIfAbsent(name.value(), read) != null) {
        problems.error(name.at(), "name: another container is named " + name.found());
      }
    }
    return containers;
  }

  private List<Node.Table> tables(Node.Array array) {
    List<Node.Table> tables = new ArrayList<>();
    for (Node item : array.items()) {
      if (item instanceof Node.Table table) {
        tables.add(table);
      } else {
        problems.error(item.at(), "spec.containers: expected a container, found " + item.found());
      }
    }
    return tables;
  }

  private Node.@Nullable Text text(Node.Table container, String key) {
    Node node = value(container, key);
    if (node instanceof Node.Text text && !text.value().isEmpty()) {
      return text;
    }
    problems.error(
        node == null ? container.at() : node.at(),
        "a container's "
            + key
            + ": expected a string, found "
            + (node == null ? "nothing" : node.found()));
    return null;
  }

  private Node.@Nullable Table table(Node.Table parent, String key) {
    Node node = value(parent, key);
    if (node == null || node instanceof Node.Table) {
      return (Node.Table) node;
    }
    problems.error(node.at(), key + ": expected a table, found " + node.found());
    return null;
  }

  private static @Nullable Node value(Node.Table table, String key) {
    Node.Entry entry = table.entries().get(key);
    return entry == null ? null : entry.value();
  }
}
