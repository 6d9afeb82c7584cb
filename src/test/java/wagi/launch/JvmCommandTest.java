package wagi.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JvmCommandTest {
  @Test
  void commandHasOptionsThenMarkerThenArguments() {
    Jvm jvm = new Jvm(Path.of("/jdk"), Runtime.Version.parse("25.0.3"));
    List<String> command =
        new JvmCommand(jvm, List.of("-Xmx1g", "-Dname=a b"), "wagi-server.jar")
            .launching(42, List.of("--config", "my modules.toml"));
    assertEquals(
        """
        /jdk/bin/java
        -Xmx1g
        -Dname=a b
        -Dwagi.launcher=42
        -cp
        wagi-server.jar
        wagi.launch.Launcher
        --config
        my modules.toml\
        """,
        String.join("\n", command));
  }
}
