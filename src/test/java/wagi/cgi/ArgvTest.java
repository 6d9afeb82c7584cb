package wagi.cgi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import wagi.message.Target;
import wagi.route.GoldenCase;

/**
 * Each case has {@code query}, {@code template TEXT} or {@code words A|B}, then a request target;
 * and the arguments, each in brackets.
 */
final class ArgvTest {
  @TestFactory
  Stream<DynamicTest> targetBecomesArguments() {
    return GoldenCase.in("cgi/argv", ArgvTest::check);
  }

  private static void check(GoldenCase golden) {
    List<String> lines = golden.input().lines().toList();
    String[] target = lines.get(1).split("\\?", 2);
    List<String> arguments =
        argv(lines.get(0)).arguments(new Target(target[0], target.length == 1 ? null : target[1]));
    String text = arguments.stream().map(a -> "[" + a + "]\n").collect(Collectors.joining());
    assertEquals(golden.expected(), text);
  }

  private static Argv argv(String line) {
    if (line.equals("query")) {
      return new Argv.Query();
    }
    if (line.startsWith("template")) {
      return new Argv.Template(line.substring("template".length()));
    }
    return new Argv.Words(List.of(line.substring("words ".length()).split("\\|", -1)));
  }
}
