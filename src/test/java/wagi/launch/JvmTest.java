package wagi.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JvmTest {
  @ParameterizedTest(name = "[{index}] {0}")
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "JAVA_VERSION=\"25.0.3\", 25.0.3",
        "JAVA_VERSION=\"25\", 25",
        "JAVA_VERSION=25.0.3, 25.0.3",
        "JAVA_VERSION=\"26-ea\", 26-ea",
        "JAVA_VERSION=\"17.0.4.1\", 17.0.4.1",
        "JAVA_VERSION=\"1.8.0_402\", 8",
      })
  void versionIsReadFromTheReleaseFile(String line, String version) {
    String release = "IMPLEMENTOR=\"Someone\"\n" + line + "\r\nJAVA_VERSION_DATE=\"2026-04-21\"\n";
    assertEquals(Optional.of(Runtime.Version.parse(version)), Jvm.versionIn(release));
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @ValueSource(
      strings = {
        "",
        "JAVA_RUNTIME_VERSION=\"25.0.3+9-LTS\"",
        "JAVA_VERSION=",
        "JAVA_VERSION=\"1.\"",
        "JAVA_VERSION=\"twenty-five\"",
        "JAVA_VERSION=\"99999999999\"",
      })
  void releaseFileWithoutAVersionTellsNone(String release) {
    assertEquals(Optional.empty(), Jvm.versionIn(release));
  }

  @Test
  void hugeReleaseFileIsNotRead(@TempDir Path home) throws IOException {
    Path java = Files.createDirectory(home.resolve("bin")).resolve("java");
    Files.writeString(java, "");
    assertTrue(java.toFile().setExecutable(true));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25\"\n" + "#".repeat(64 * 1024));
    assertEquals(Optional.empty(), Jvm.at(home));
  }

  @Test
  void runningJvmIsFoundByItsHome() {
    assertEquals(
        Optional.of(Jvm.running().version().feature()),
        Jvm.at(Jvm.running().home()).map(jvm -> jvm.version().feature()));
  }
}
