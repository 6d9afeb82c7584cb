package wagi.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file of variables, a line each: {@code NAME = value}, {@code export NAME="value"}, comments
 * behind {@code #}. A bad line is a problem: WAGI skipped it, and a secret was lost without a word.
 */
public final class EnvironmentFile {
  private static final Pattern LINE =
      Pattern.compile("\\s*(?:export\\s+)?([A-Za-z0-9_.-]+)\\s*=\\s*(.*)");
  private static final Pattern QUOTED = Pattern.compile("([\"'])(.*?)\\1\\s*(?:#.*)?");

  private EnvironmentFile() {}

  /** The variables in the order of the file; of equal names the last counts. */
  public static Map<String, String> read(Path file) throws ConfigException {
    String name = file.toString();
    Map<String, String> variables = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    int number = 0;
    for (String line : SourceText.read(file, name).lines().toList()) {
      number++;
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      Position at = new Position(name, number, 1);
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        problems.add(new Problem(at, "expected NAME=VALUE, a # comment or an empty line"));
        continue;
      }
      String value = value(matcher.group(2).strip());
      if (value == null) {
        Position valueAt = new Position(name, number, matcher.start(2) + 1);
        problems.add(new Problem(valueAt, "expected the quoted value to end with its quote"));
      } else if (value.indexOf('\0') >= 0) {
        problems.add(new Problem(at, "a value cannot hold the character NUL"));
      } else {
        variables.put(matcher.group(1), value);
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return Collections.unmodifiableMap(variables);
  }

  /** Values never appear in messages: they are often secrets. */
  private static @Nullable String value(String text) {
    if (!text.startsWith("\"") && !text.startsWith("'")) {
      return text;
    }
    Matcher matcher = QUOTED.matcher(text);
    return matcher.matches() ? matcher.group(2) : null;
  }
}
