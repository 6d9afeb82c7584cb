package wagi.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JvmFlagsTest {
  private static final long GIB = 1L << 30;
  private static final Jvm JAVA_25 = new Jvm(Path.of("/jdk"), Runtime.Version.parse("25.0.3"));
  private static final JvmFlags TWO_PROCESSORS = new JvmFlags(2, 4 * GIB);

  @Test
  void flagsAreTheMeasuredOnes() {
    assertEquals(
        """
        -XX:-DontCompileHugeMethods
        -XX:MaxRAMPercentage=50
        -XX:+UseSerialGC
        -Xmn64m
        -Xms128m
        -XX:+UseCompactObjectHeaders
        --enable-native-access=ALL-UNNAMED
        --sun-misc-unsafe-memory-access=allow\
        """,
        String.join("\n", TWO_PROCESSORS.of(JAVA_25, List.of("-Dname=value", "-Xss2m"))));
  }

  @Test
  void flagOfTheUnsafeWarningIsGivenOnlyWhereItsMeaningIsKnown() {
    Jvm newer = new Jvm(Path.of("/jdk"), Runtime.Version.parse("26"));
    assertFalse(
        TWO_PROCESSORS.of(newer, List.of()).stream().anyMatch(flag -> flag.contains("unsafe")));
  }

  @Test
  void moreProcessorsGetMoreRoomForYoungObjects() {
    List<String> flags = new JvmFlags(8, 7 * GIB).of(JAVA_25, List.of());
    assertTrue(flags.containsAll(List.of("-Xmn256m", "-Xms512m")), flags.toString());
  }

  @Test
  void largeHeapIsNotMovedInOnePause() {
    List<String> flags = new JvmFlags(4, 8 * GIB).of(JAVA_25, List.of());
    assertTrue(flags.containsAll(List.of("-XX:+UseG1GC", "-Xms80m")), flags.toString());
    assertTrue(flags.stream().noneMatch(flag -> flag.startsWith("-Xmn")), flags.toString());
  }

  @Test
  void youngObjectsLeaveRoomInASmallContainer() {
    List<String> flags = new JvmFlags(8, 128 << 20).of(JAVA_25, List.of());
    assertTrue(flags.containsAll(List.of("-Xmn16m", "-Xms32m")), flags.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-XX:+UseG1GC", "-XX:+UseZGC", "-XX:-UseSerialGC"})
  void collectorOfTheUserIsTheOnlyOne(String collector) {
    List<String> flags = TWO_PROCESSORS.of(JAVA_25, List.of(collector));
    assertTrue(flags.stream().noneMatch(flag -> flag.contains("GC")), flags.toString());
    assertTrue(flags.stream().noneMatch(flag -> flag.startsWith("-Xm")), flags.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Xmx64m",
        "-Xms1g",
        "-Xmn8m",
        "-XX:MaxHeapSize=1g",
        "-XX:NewSize=1m",
        "-XX:NewRatio=3",
        "-XX:MaxRAMPercentage=10",
        "-XX:InitialRAMPercentage=10",
        "-XX:MaxRAM=1g"
      })
  void sizeOfTheUserEndsOurSizes(String size) {
    List<String> flags = TWO_PROCESSORS.of(JAVA_25, List.of(size));
    assertTrue(flags.contains("-XX:+UseSerialGC"), flags.toString());
    assertTrue(flags.stream().noneMatch(flag -> flag.startsWith("-Xm")), flags.toString());
  }
}
