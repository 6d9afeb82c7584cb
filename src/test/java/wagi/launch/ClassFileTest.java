package wagi.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ClassFileTest {
  private static final int JAVA_17 = 61;
  private static final int JAVA_22 = 66;

  @TestFactory
  List<DynamicTest> classLoadsOnTheOldestJvmItIsFor() throws IOException, URISyntaxException {
    Path classes =
        Path.of(Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.list(classes.resolve("wagi/launch"))) {
      return files
          .sorted()
          .map(file -> dynamicTest(file.getFileName().toString(), () -> check(file)))
          .toList();
    }
  }

  private static void check(Path file) throws IOException {
    int expected = file.endsWith("Exec.class") ? JAVA_22 : JAVA_17;
    assertEquals(expected, ByteBuffer.wrap(Files.readAllBytes(file)).getShort(6));
  }
}
