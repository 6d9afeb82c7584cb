package wagi.route;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A file of input, a line of dashes, and the expected output. Its name says the behaviour. */
public record GoldenCase(String name, String input, String expected) {
  private static final String DASHES = "---\n";

  /** Returns a test for each file of a directory under {@code src/test/resources}. */
  public static Stream<DynamicTest> in(String directory, Consumer<GoldenCase> test) {
    return all(directory).stream()
        .map(golden -> dynamicTest(golden.name, () -> test.accept(golden)));
  }

  /** Returns the inputs of a directory's files. */
  public static List<String> inputs(String directory) {
    return all(directory).stream().map(GoldenCase::input).toList();
  }

  private static List<GoldenCase> all(String directory) {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources", directory))) {
      return files.filter(Files::isRegularFile).sorted().map(GoldenCase::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GoldenCase read(Path file) {
    try {
      String text = Files.readString(file);
      int dashes = text.startsWith(DASHES) ? 0 : text.indexOf("\n" + DASHES) + 1;
      if (dashes == 0 && !text.startsWith(DASHES)) {
        throw new IllegalArgumentException(file + " has no line of dashes");
      }
      String expected = text.substring(dashes + DASHES.length());
      return new GoldenCase(file.getFileName().toString(), text.substring(0, dashes), expected);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads backslash escapes ({@code \n \r \t \\ \xHH}); the rest of the text is UTF-8. */
  public static byte[] bytes(String text) {
    String octets = new String(text.getBytes(UTF_8), ISO_8859_1);
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < octets.length(); i++) {
      char c = octets.charAt(i);
      if (c != '\\') {
        plain.append(c);
        continue;
      }
      char kind = octets.charAt(++i);
      switch (kind) {
        case 'n' -> plain.append('\n');
        case 'r' -> plain.append('\r');
        case 't' -> plain.append('\t');
        case '\\' -> plain.append('\\');
        case 'x' -> {
          plain.append((char) Integer.parseInt(octets.substring(i + 1, i + 3), 16));
          i += 2;
        }
        default -> throw new IllegalArgumentException("unknown escape \\" + kind);
      }
    }
    return plain.toString().getBytes(ISO_8859_1);
  }

  /** The same as {@link #bytes}, one char per byte. */
  public static String octets(String text) {
    return new String(bytes(text), ISO_8859_1);
  }

  /** Writes what {@link #bytes} reads, with an escape for all that is not printable ASCII. */
  public static String escaped(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      switch (b) {
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '\\' -> text.append("\\\\");
        default -> {
          if (b >= ' ' && b < 0x7F) {
            text.append((char) b);
          } else {
            text.append(String.format("\\x%02x", b & 0xFF));
          }
        }
      }
    }
    return text.toString();
  }
}
