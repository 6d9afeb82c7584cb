package wagi.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Files of one case each: input, a line of dashes, expected output. */
final class GoldenCases {
  private static final Pattern ESCAPED_BYTE = Pattern.compile("\\\\x([0-9a-f]{2})");

  private GoldenCases() {}

  static Stream<DynamicTest> in(String directory, UnaryOperator<String> output) {
    List<Path> files;
    try (Stream<Path> found = Files.list(Path.of("src/test/resources/observe", directory))) {
      files = found.sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException("listing the cases of " + directory, e);
    }
    return files.stream()
        .map(
            file ->
                dynamicTest(
                    file.getFileName().toString(), () -> check(Files.readString(file), output)));
  }

  /** Replaces {@code \xhh} by the char of that number. */
  static String unescape(String text) {
    return ESCAPED_BYTE
        .matcher(text)
        .replaceAll(
            hex ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(hex.group(1), 16))));
  }

  private static void check(String content, UnaryOperator<String> output) {
    String[] parts = content.split("(?<=\n)---\n", 2);
    assertEquals(parts[1], output.apply(parts[0]));
  }
}
