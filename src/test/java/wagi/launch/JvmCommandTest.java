package wagi.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JvmCommandTest {
  private static final Jvm JAVA_25 = new Jvm(Path.of("/jdk"), Runtime.Version.parse("25.0.3"));

  @Test
  void commandHasFlagsThenMarkerThenArguments() {
    assertEquals(
        """
        /jdk/bin/java
        -XX:-DontCompileHugeMethods
        -XX:MaxRAMPercentage=50
        --enable-native-access=ALL-UNNAMED
        --sun-misc-unsafe-memory-access=allow
        -Dwagi.launcher=42
        -cp
        wagi-server.jar
        wagi.launch.Launcher
        serve
        --config
        my modules.toml\
        """,
        String.join("\n", command(JAVA_25, List.of(), "serve", "--config", "my modules.toml")));
  }

  @Test
  void optionsOfTheUserComeAfterOursAndSoWin() {
    List<String> options = List.of("-Xmx1g", "-XX:+DontCompileHugeMethods", "-Dname=a b");
    List<String> command = command(JAVA_25, options);
    int last = command.indexOf("-Dwagi.launcher=42");
    assertEquals(options, command.subList(last - options.size(), last));
  }

  @Test
  void flagOfTheUnsafeWarningIsGivenOnlyWhereItsMeaningIsKnown() {
    Jvm newer = new Jvm(Path.of("/jdk"), Runtime.Version.parse("26"));
    assertFalse(
        command(newer, List.of()).stream().anyMatch(option -> option.contains("unsafe-memory")));
  }

  private static List<String> command(Jvm jvm, List<String> options, String... arguments) {
    return new JvmCommand(options, "wagi-server.jar", List.of(arguments)).on(jvm, 42);
  }
}
