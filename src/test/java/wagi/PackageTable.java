package wagi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The package table of ARCHITECTURE.md, and what is wrong with the code or with it. */
record PackageTable(Map<String, Row> rows) {
  /** What one package may use: packages of ours, and libraries as prefixes of package names. */
  record Row(Set<String> packages, Set<String> libraries) {}

  /** One class using another. */
  record Use(String fromPackage, String toPackage, String classes) {}

  private static final Row NONE = new Row(Set.of(), Set.of());
  private static final String ROOT = "wagi.";
  private static final List<String> ANYBODY =
      List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "org.slf4j.", "org.jspecify.");
  private static final Pattern ROW =
      Pattern.compile("^\\| `([^`]+)`\\s*\\|([^|]*)\\|([^|]*)\\|[^|]+\\|$", Pattern.MULTILINE);
  private static final Pattern CODE_SPAN = Pattern.compile("`([^`]+)`");

  static PackageTable parse(String document) {
    Map<String, Row> rows = new TreeMap<>();
    ROW.matcher(document)
        .results()
        .forEach(row -> rows.put(row.group(1), new Row(spans(row, 2), spans(row, 3))));
    return new PackageTable(rows);
  }

  /** Returns a sentence for everything in which the table and the code disagree. */
  List<String> violations(Set<String> packages, List<Use> uses) {
    List<String> found = new ArrayList<>();
    compare(packages, rows.keySet(), "package %s has no row", found);
    compare(rows.keySet(), packages, "row %s has no package", found);
    Set<String> used = new TreeSet<>();
    for (Use use : uses) {
      judge(use, used, found);
    }
    rows.forEach(
        (name, row) ->
            Stream.concat(row.packages().stream(), row.libraries().stream())
                .filter(allowed -> !used.contains(name + " " + allowed))
                .map(allowed -> "the table lets " + name + " use " + allowed + ", it does not")
                .forEach(found::add));
    findCycles(found);
    return found;
  }

  private static void compare(
      Set<String> all, Set<String> known, String sentence, List<String> found) {
    all.stream()
        .filter(name -> !known.contains(name))
        .map(name -> String.format(sentence, name))
        .forEach(found::add);
  }

  private void judge(Use use, Set<String> used, List<String> found) {
    String from = own(use.fromPackage());
    Row row = rows.get(from);
    String target = use.toPackage() + ".";
    if (row == null || ANYBODY.stream().anyMatch(target::startsWith)) {
      return;
    }
    Stream<String> allowed =
        target.startsWith(ROOT)
            ? row.packages().stream().filter(own(use.toPackage())::equals)
            : row.libraries().stream().filter(library -> target.startsWith(library + "."));
    String match = allowed.findFirst().orElse("");
    if (!match.isEmpty()) {
      used.add(from + " " + match);
    } else if (!from.equals(own(use.toPackage()))) {
      found.add(from + " may not use " + use.toPackage() + ": " + use.classes());
    }
  }

  /** Removes rows that use only what is already removed; what stays is in a cycle, or uses one. */
  private void findCycles(List<String> found) {
    Set<String> left = new TreeSet<>(rows.keySet());
    Map<String, Row> all = rows;
    boolean removed;
    do {
      removed = left.removeIf(name -> !intersects(all.getOrDefault(name, NONE).packages(), left));
    } while (removed);
    if (!left.isEmpty()) {
      found.add("cycle in the table among " + left);
    }
  }

  private static boolean intersects(Set<String> some, Set<String> others) {
    return some.stream().anyMatch(others::contains);
  }

  /** Returns the row that a package of ours belongs to: {@code http} for {@code wagi.http.x}. */
  static String own(String packageName) {
    if (!packageName.startsWith(ROOT)) {
      return packageName;
    }
    return packageName.substring(ROOT.length()).split("\\.", 2)[0];
  }

  private static Set<String> spans(MatchResult row, int column) {
    return CODE_SPAN
        .matcher(row.group(column))
        .results()
        .map(span -> span.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
