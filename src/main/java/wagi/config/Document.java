package wagi.config;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A configuration file, read but not yet understood.
 *
 * @param name as problems name it
 * @param directory what its relative paths are relative to
 * @param text for places inside a block of it
 */
record Document(String name, Path directory, Syntax syntax, Node root, String text) {
  enum Syntax {
    TOML,
    JSON,
    YAML
  }

  /** Null when it cannot be read; the problems are reported. */
  static @Nullable Document read(Path path, Path workingDirectory, Problems problems) {
    String name = path.toString();
    Path file = workingDirectory.resolve(path).normalize();
    problems.lookedAt(file);
    try {
      String text = SourceText.read(file, name);
      Syntax syntax = syntax(name, text);
      JacksonTree.Places places = (line, column) -> new Position(name, line, column);
      Node root =
          switch (syntax) {
            case TOML -> TomlTree.parse(text, name);
            case JSON -> JacksonTree.json(text, places, problems);
            case YAML -> JacksonTree.yaml(text, places, problems);
          };
      if (root == null) {
        return null;
      }
      Path parent = file.getParent();
      return new Document(name, parent == null ? workingDirectory : parent, syntax, root, text);
    } catch (ConfigException e) {
      problems.addAll(e);
      return null;
    }
  }

  private static Syntax syntax(String name, String text) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".yaml") || lower.endsWith(".yml")) {
      return Syntax.YAML;
    }
    if (lower.endsWith(".json") || text.stripLeading().startsWith("{")) {
      return Syntax.JSON;
    }
    if (lower.endsWith(".toml")) {
      return Syntax.TOML;
    }
    boolean manifest =
        text.lines().anyMatch(line -> line.startsWith("apiVersion:") || line.startsWith("kind:"));
    return manifest ? Syntax.YAML : Syntax.TOML;
  }
}
