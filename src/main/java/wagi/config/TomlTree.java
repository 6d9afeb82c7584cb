package wagi.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlEntry;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import org.tomlj.TomlVersion;

/** TOML 1.0 text as a tree of nodes. */
final class TomlTree {
  private static final int MOST_ERRORS = 20;

  private final String file;
  private final TomlLines lines;

  private TomlTree(String file, TomlLines lines) {
    this.file = file;
    this.lines = lines;
  }

  static Node.Table parse(String text, String file) throws ConfigException {
    TomlLines lines = TomlLines.of(text, file);
    TomlParseResult result = Toml.parse(lines.text(), TomlVersion.V1_0_0);
    TomlTree tree = new TomlTree(file, lines);
    if (result.hasErrors()) {
      throw new ConfigException(tree.problems(result.errors()));
    }
    return tree.table(result, new Position(file, 1, 1));
  }

  private List<Problem> problems(List<TomlParseError> errors) {
    List<Problem> problems = new ArrayList<>();
    for (TomlParseError error : errors.subList(0, Math.min(MOST_ERRORS, errors.size()))) {
      problems.add(new Problem(at(error.position()), message(error)));
      if (isSingleModule(error)) {
        // What follows is read as if it belonged to the module before: only noise.
        break;
      }
    }
    return problems;
  }

  private static boolean isSingleModule(TomlParseError error) {
    return String.valueOf(error.getMessage()).startsWith("module previously defined");
  }

  private static String message(TomlParseError error) {
    String message = String.valueOf(error.getMessage());
    if (isSingleModule(error)) {
      return NativeReader.ONE_MODULE;
    }
    String lower = message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    if (message.startsWith("Invalid escape sequence")) {
      return lower + ": write a text with backslashes in 'single quotes'";
    }
    return lower;
  }

  /** The parser leaves out the place only of what was built without a text. */
  private Position at(@Nullable TomlPosition position) {
    if (position == null) {
      return Position.of(file);
    }
    return new Position(file, lines.number(position.line()), position.column());
  }

  private Node.Table table(TomlTable table, Position at) {
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    for (String key : table.keySet()) {
      TomlEntry entry = Objects.requireNonNull(table.entry(List.of(key)), key);
      Position valueAt = at(entry.value().position());
      entries.put(key, new Node.Entry(at(entry.position()), node(entry.value().get(), valueAt)));
    }
    return new Node.Table(at, entries);
  }

  private Node node(Object value, Position at) {
    return switch (value) {
      case String text -> new Node.Text(at, text);
      case Long whole -> new Node.Whole(at, whole);
      case Boolean flag -> new Node.Flag(at, flag);
      case Double fraction -> new Node.Other(at, "the fraction " + fraction);
      case TomlTable table -> table(table, at);
      case TomlArray array -> array(array, at);
      default -> new Node.Other(at, "the date or time " + value);
    };
  }

  private Node.Array array(TomlArray array, Position at) {
    List<Node> items = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      items.add(node(array.get(i), at(array.inputPositionOf(i))));
    }
    return new Node.Array(at, items);
  }
}
