package wagi.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/** Holds the documents to each other and to the command line. */
final class DocsTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
  private static final Pattern FLAG = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\n]+`");
  private static final Pattern EXIT_CODE =
      Pattern.compile("(?m)^\\| (\\d+|128 \\+ n) \\| (.+) \\|$");

  /** Flags of other programs that the documents show. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "--target",
          "--release",
          "--features",
          "--no-entry",
          "--export",
          "--now",
          "--minutes",
          "--leak",
          "--enable-native-access",
          "--sun-misc-unsafe-memory-access");

  @TestFactory
  Stream<DynamicTest> linksLeadToFiles() throws IOException {
    return documents().map(file -> dynamicTest(file.toString(), () -> linksOf(file)));
  }

  private static void linksOf(Path file) throws IOException {
    Path folder = file.resolveSibling("");
    LINK.matcher(Files.readString(file))
        .results()
        .map(link -> link.group(1))
        .forEach(link -> assertTrue(Files.exists(folder.resolve(link)), () -> "no file " + link));
  }

  @TestFactory
  Stream<DynamicTest> flagsExist() throws IOException {
    Set<String> known = flags();
    return documents().map(file -> dynamicTest(file.toString(), () -> flagsOf(file, known)));
  }

  private static void flagsOf(Path file, Set<String> known) throws IOException {
    List<String> unknown =
        CODE.matcher(Files.readString(file))
            .results()
            .filter(code -> !code.group().contains("clang") && !code.group().contains("rustc"))
            .flatMap(code -> FLAG.matcher(code.group()).results())
            .map(flag -> flag.group())
            .filter(flag -> !known.contains(flag) && !OF_OTHERS.contains(flag))
            .toList();
    assertEquals(List.of(), unknown);
  }

  private static Set<String> flags() {
    CommandLine root = Main.commandLine();
    return Stream.concat(Stream.of(root), root.getSubcommands().values().stream())
        .flatMap(command -> command.getCommandSpec().options().stream())
        .flatMap(option -> Arrays.stream(option.names()))
        .collect(Collectors.toSet());
  }

  @Test
  void exitCodesOfReadmeAndHelpAgree() throws IOException {
    Map<String, String> documented = new TreeMap<>();
    EXIT_CODE
        .matcher(Files.readString(Path.of("README.md")))
        .results()
        .forEach(row -> documented.put(row.group(1).replace(" ", ""), firstClause(row.group(2))));

    assertEquals(
        new TreeMap<>(Main.commandLine().getCommandSpec().usageMessage().exitCodeList()),
        documented);
  }

  private static String firstClause(String text) {
    return text.replaceFirst(",.*", "");
  }

  private static Stream<Path> documents() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String folder : List.of("", "docs", "samples")) {
      try (Stream<Path> found = Files.list(Path.of(folder))) {
        found.filter(file -> file.toString().endsWith(".md")).forEach(files::add);
      }
    }
    assertTrue(files.size() > 8, files::toString);
    return files.stream().sorted();
  }
}
