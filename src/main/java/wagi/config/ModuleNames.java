package wagi.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The names of one file's modules: fit for a file name, and each only once. */
final class ModuleNames {
  static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  private final Map<String, Position> written = new HashMap<>();
  private final Set<String> given = new HashSet<>();

  /** Names that users wrote come first, so that ours step aside. */
  void reserve(Node.Text text, Problems problems) {
    if (!NAME.matcher(text.value()).matches()) {
      problems.error(
          text.at(),
          "name: expected letters, digits, \".\", \"_\" and \"-\", at most 128, found "
              + text.found());
      return;
    }
    Position before = written.putIfAbsent(text.value(), text.at());
    if (before != null) {
      problems.error(
          text.at(), "name: " + text.found() + " is already the module at line " + before.line());
    }
  }

  /** The file's stem, with a number when another module has it. */
  String unique(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    String stem = (dot > 0 ? name.substring(0, dot) : name).replaceAll("[^A-Za-z0-9._-]", "-");
    stem = NAME.matcher(stem).matches() ? stem : "module";
    String unique = stem;
    for (int n = 2; written.containsKey(unique) || !given.add(unique); n++) {
      unique = stem + "-" + n;
    }
    return unique;
  }
}
