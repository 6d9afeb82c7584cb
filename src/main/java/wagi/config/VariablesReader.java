package wagi.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gathers a module's variables: its files, over them its table, over them {@code --env}. */
final class VariablesReader {
  private static final Lookup.Wanted FILE =
      new Lookup.Wanted("environment_files", "file", true, Files::isRegularFile);

  private final Scope scope;

  VariablesReader(Scope scope) {
    this.scope = scope;
  }

  Map<String, String> read(Fields fields) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (Node.Text text : fields.texts("environment_files")) {
      Path file = scope.lookup().find(text, FILE, scope.problems());
      if (file == null) {
        continue;
      }
      try {
        variables.putAll(EnvironmentFile.read(file));
      } catch (ConfigException e) {
        scope.problems().addAll(e);
      }
    }
    Node.Table table = fields.table("environment");
    if (table != null) {
      table.entries().forEach((name, entry) -> put(variables, name, entry));
    }
    variables.putAll(scope.environment());
    return Collections.unmodifiableMap(variables);
  }

  private void put(Map<String, String> variables, String name, Node.Entry entry) {
    Problems problems = scope.problems();
    if (name.isEmpty() || name.indexOf('=') >= 0 || Quote.hasControl(name)) {
      problems.error(
          entry.keyAt(), "environment: " + Quote.of(name) + " cannot be a variable's name");
      return;
    }
    switch (entry.value()) {
      case Node.Text text when text.value().indexOf('\0') < 0 -> variables.put(name, text.value());
      case Node.Text text ->
          problems.error(text.at(), "environment: a value cannot hold the character NUL");
      case Node.Whole whole ->
          problems.error(
              whole.at(),
              "environment: expected a string, found "
                  + whole.found()
                  + ": write \""
                  + whole.value()
                  + "\"");
      case Node.Flag _, Node.Table _, Node.Array _, Node.Null _, Node.Other _ ->
          problems.error(
              entry.value().at(), "environment: expected a string, found " + entry.value().found());
    }
  }
}
