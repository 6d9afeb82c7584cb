package wagi.benchmarks.load;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command line: {@code --name value}, and {@code --smoke}. */
public final class Options {
  private static final Set<String> FLAGS = Set.of("--smoke", "--leak");

  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final List<String> line;

  public Options(String[] arguments, Set<String> known) {
    line = List.of(arguments);
    ArrayDeque<String> rest = new ArrayDeque<>(line);
    while (!rest.isEmpty()) {
      String name = rest.remove();
      boolean flag = FLAGS.contains(name);
      if (!name.equals("--smoke") && !known.contains(name) || !flag && rest.isEmpty()) {
        System.err.println("expected one of " + known + " and its value, found " + name);
        System.exit(2);
      }
      values.computeIfAbsent(name, n -> new ArrayList<>()).add(flag ? "" : rest.remove());
    }
  }

  public boolean smoke() {
    return has("--smoke");
  }

  public boolean has(String flag) {
    return values.containsKey(flag);
  }

  /** Returns all values of an option that may be repeated. */
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  public String text(String name, String otherwise) {
    List<String> given = all(name);
    return given.isEmpty() ? otherwise : given.getLast();
  }

  /** Returns a number; a smoke run takes the small one unless the option is given. */
  public int number(String name, int otherwise, int smoke) {
    return Integer.parseInt(text(name, Integer.toString(smoke() ? smoke : otherwise)));
  }

  /** Returns where to write, or null for nowhere but the terminal. */
  public Path out(String otherwise) {
    String path = text("--out", smoke() ? "" : otherwise);
    return path.isEmpty() ? null : Path.of(path);
  }

  public String words() {
    return String.join(" ", line);
  }
}
