package wagi.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EnvironmentFlagTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "FOO=bar       | bar",
        "FOO=          | ``",
        "FOO=\"bar -s\"  | bar -s",
        "FOO='bar -s'  | bar -s",
        "FOO=\"\"        | ``",
        "FOO=bar\"      | bar\"",
        "FOO=\"bar \" -s | \"bar \" -s",
        "FOO=a=b       | a=b",
        "FOO=\"         | ``",
        "FOO=\"\"x\"\"     | x",
      })
  void valueIsSplitAndUnquotedAsInWagi(String word, String value) throws ConfigException {
    assertEquals(new EnvironmentFlag("FOO", value), EnvironmentFlag.parse(word));
  }

  @Test
  void wordWithoutEqualsSignIsAProblem() {
    assertProblem("--env: expected NAME=VALUE, found \"FOO\" without \"=\"", "FOO");
  }

  @Test
  void emptyNameIsAProblem() {
    assertProblem("--env: the name before \"=\" must not be empty in \"=bar\"", "=bar");
  }

  private static void assertProblem(String message, String word) {
    ConfigException e = assertThrows(ConfigException.class, () -> EnvironmentFlag.parse(word));
    assertEquals(message, e.getMessage());
  }
}
