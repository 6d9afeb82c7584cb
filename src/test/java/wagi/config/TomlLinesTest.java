package wagi.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Empty lines and comments cost nothing, and places are those of the file. */
final class TomlLinesTest {
  @ParameterizedTest
  @ValueSource(strings = {"\n", "# comment\n", " \t \r\n", "# \"\"\"\r\n"})
  void tenThousandLinesThatSayNothingAreReadAndPlacesAreRight(String line) throws ConfigException {
    String text = "a = 1\n" + line.repeat(10_000) + "b = 2\n";
    Node.Table table = TomlTree.parse(text, "f");

    assertEquals(10_002, entry(table, "b").keyAt().line());
    assertProblemAt(10_003, text + "c = = 3\n");
    assertProblemAt(10_001, "a = [\n" + line.repeat(9_999) + "}\n");
  }

  private static void assertProblemAt(int line, String text) {
    ConfigException e = assertThrows(ConfigException.class, () -> TomlTree.parse(text, "f"));
    assertEquals(line, e.problems().getFirst().at().line(), e::toString);
  }

  @Test
  void linesOfTextsAreKept() throws ConfigException {
    for (String quotes : List.of("\"\"\"", "'''")) {
      String inside = "\n# no comment\n\n  \nend";
      String text = "a = [ " + quotes + "\n" + inside + quotes + ", # c " + quotes + "\n\n\"x\"]\n";
      Node.Array array = (Node.Array) entry(TomlTree.parse(text, "f"), "a").value();

      assertEquals(inside, ((Node.Text) array.items().getFirst()).value());
      assertEquals("x", ((Node.Text) array.items().get(1)).value());
    }
  }

  @Test
  void quotesAndEscapesEndTextsWhereTheParserSaysSo() throws ConfigException {
    String text = "a = \"\"\"x\\\"\"\"\"\"\"\n\n# c\nb = '\\'\n\nc = \"\\\"'''\"\n\n# d\nd = 1\n";
    Node.Table table = TomlTree.parse(text, "f");

    assertEquals("x\"\"\"", ((Node.Text) entry(table, "a").value()).value());
    assertEquals(9, entry(table, "d").keyAt().line());
    assertEquals("a = 1\nb = ''\n", TomlLines.of("\na = 1\n#\nb = ''\n\n", "f").text());
  }

  @Test
  void commentWithAControlCharacterIsStillAProblem() {
    assertProblemAt(3, "a = 1\n\n# \u0001\nb = 2\n");
  }

  @Test
  void textOfManyEmptyLinesIsReadUpToALimit() throws ConfigException {
    TomlTree.parse("a = '''" + "\n".repeat(390) + "'''\n", "f");
    String tooMany = "a = '''" + "\n".repeat(450) + "'''\n";
    ConfigException e = assertThrows(ConfigException.class, () -> TomlTree.parse(tooMany, "f"));

    assertTrue(String.valueOf(e.getMessage()).startsWith("f:401:1: too many empty"), e::toString);
  }

  private static Node.Entry entry(Node.Table table, String key) {
    return Objects.requireNonNull(table.entries().get(key));
  }
}
