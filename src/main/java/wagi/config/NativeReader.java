package wagi.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a native file says of its own modules and address. */
final class NativeReader {
  static final String ONE_MODULE =
      "expected an array of tables: write [[module]], not [module], once for each module";

  private static final int MOST_MODULES = 10_000;

  private final Scope scope;
  private final Problems problems;

  NativeReader(Scope scope) {
    this.scope = scope;
    this.problems = scope.problems();
  }

  List<ModuleSettings> modules(Fields root, Document document) {
    Node node = root.node("module");
    if (node == null) {
      String how = document.syntax() == Document.Syntax.TOML ? "[[module]]" : "\"module\" array";
      problems.error(root.at(), "no " + how + ": nothing would be served");
      return List.of();
    }
    if (!(node instanceof Node.Array array)) {
      String message =
          document.syntax() == Document.Syntax.TOML && node instanceof Node.Table
              ? ONE_MODULE
              : "module: expected an array of tables, found " + node.found();
      problems.error(node.at(), message);
      return List.of();
    }
    if (array.items().size() > MOST_MODULES) {
      problems.error(array.at(), "more than " + MOST_MODULES + " modules in one file");
      return List.of();
    }
    return modules(array);
  }

  private List<ModuleSettings> modules(Node.Array array) {
    List<Node.Table> tables = new ArrayList<>();
    ModuleNames names = new ModuleNames();
    for (Node item : array.items()) {
      if (!(item instanceof Node.Table table)) {
        problems.error(item.at(), "module: expected a table, found " + item.found());
        continue;
      }
      tables.add(table);
      Node.Entry name = table.entries().get("name");
      if (name != null && name.value() instanceof Node.Text text) {
        names.reserve(text, problems);
      }
    }
    List<ModuleSettings> modules = new ArrayList<>();
    ModuleReader reader = new ModuleReader(scope);
    for (Node.Table table : tables) {
      ModuleSettings module = reader.read(new Fields(Section.MODULE, table, problems), names);
      if (module != null) {
        modules.add(module);
      }
    }
    return modules;
  }

  /** What an address key says; null when it is missing or bad. */
  static @Nullable ListenAddress listen(Fields root, Problems problems) {
    String text = root.text("default_host");
    return text == null
        ? null
        : parse("default_host", new Node.Text(root.at("default_host"), text), problems);
  }

  static @Nullable ListenAddress parse(String key, Node.Text text, Problems problems) {
    ListenAddress address = ListenAddress.parse(text.value());
    if (address == null) {
      problems.error(text.at(), key + ": " + ListenAddress.EXPECTED + ", found " + text.found());
    }
    return address;
  }

  /** Whether a JSON or YAML table is such a file, and not a Krustlet map of names to modules. */
  static boolean isNative(Node.Table root) {
    Node.Entry module = root.entries().get("module");
    if (module != null && module.value() instanceof Node.Array) {
      return true;
    }
    boolean namesRoutes = false;
    boolean hasKey = false;
    for (Map.Entry<String, Node.Entry> entry : root.entries().entrySet()) {
      boolean routed =
          entry.getValue().value() instanceof Node.Table table
              && table.entries().containsKey("route");
      namesRoutes |= routed && !entry.getKey().equals("module");
      hasKey |= Section.ROOT.keys.contains(entry.getKey());
    }
    return hasKey && !namesRoutes;
  }
}
