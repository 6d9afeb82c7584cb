package wagi;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the attack tables of {@code SECURITY.md} to the tests they name. */
final class SecurityTableTest {
  private static final Path CASES = Path.of("src/test/resources");
  private static final Pattern METHOD = Pattern.compile("(\\w+(?:Test|IT))\\.(\\w+)");
  private static final Pattern CASE = Pattern.compile("([a-z]+/[a-z-]+): (.+)");
  private static final Pattern FILE = Pattern.compile("([a-z]+/[a-z]+)/([a-z0-9_*-]+)");

  private static List<String> lastCells() throws IOException {
    List<String> cells = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(Path.of("SECURITY.md"))) {
      inside = line.startsWith("| attack |") || (inside && line.startsWith("|"));
      if (inside && !line.startsWith("| attack |") && !line.startsWith("|---")) {
        cells.add(line.substring(line.lastIndexOf(" | ") + 3, line.length() - 2));
      }
    }
    return cells;
  }

  private static List<String> names() throws IOException {
    return lastCells().stream()
        .filter(cell -> cell.startsWith("`"))
        .flatMap(cell -> Stream.of(cell.substring(1, cell.length() - 1).split("` `", -1)))
        .toList();
  }

  @Test
  void everyRowNamesATestOrSaysWithWhichPartItComes() throws IOException {
    List<String> cells = lastCells();
    assertTrue(cells.size() > 80, cells.size() + " rows");
    for (String cell : cells) {
      assertTrue(cell.matches("`[^`]+`( `[^`]+`)*|comes with .+"), cell);
    }
  }

  @Test
  void everyTestExists() throws IOException {
    for (String name : names()) {
      assertTrue(exists(name), "no test " + name);
    }
  }

  @Test
  void otherNamesDoNot() throws IOException {
    for (String name :
        List.of(
            "SecurityTableTest.nothing",
            "NothingTest.nothing",
            "http/head: nothing",
            "http/nothing: nothing",
            "cgi/output/nowhere*",
            "cgi/nothing/nothing",
            "nothing")) {
      assertTrue(!exists(name), name);
    }
  }

  private static boolean exists(String name) throws IOException {
    Matcher method = METHOD.matcher(name);
    Matcher one = CASE.matcher(name);
    Matcher file = FILE.matcher(name);
    if (method.matches()) {
      return isMethod(method.group(1), method.group(2));
    }
    if (one.matches()) {
      return isCase(one.group(1), one.group(2));
    }
    return file.matches() && isFile(CASES.resolve(file.group(1)), file.group(2));
  }

  private static boolean isMethod(String type, String method) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      List<Path> sources = files.filter(f -> f.endsWith(type + ".java")).toList();
      return !sources.isEmpty()
          && Files.readString(sources.getFirst()).contains(" " + method + "(");
    }
  }

  private static boolean isCase(String file, String name) throws IOException {
    Path path = CASES.resolve(file);
    Pattern line = Pattern.compile("=== " + Pattern.quote(name).replace("*", "\\E.*\\Q"));
    for (String end : List.of(".txt", ".httptest")) {
      Path cases = path.resolveSibling(path.getFileName() + end);
      if (Files.exists(cases)) {
        return Files.readAllLines(cases).stream().anyMatch(l -> line.matcher(l).matches());
      }
    }
    return false;
  }

  private static boolean isFile(Path directory, String name) throws IOException {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, name + ".*test")) {
      return files.iterator().hasNext();
    }
  }
}
