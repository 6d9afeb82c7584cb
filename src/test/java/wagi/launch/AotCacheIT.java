package wagi.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Makes one cache of the product and starts the product with it, and with what became of it. */
class AotCacheIT {
  private static final String USED = "wagi.cli.Main source: shared objects file";

  private static Path directory;
  private static Path cache;

  @BeforeAll
  static void make(@TempDir Path temporary) throws Exception {
    directory = temporary;
    for (String name : List.of("jdk25-1.aot", "jdk25-2.aot", "jdk25-3.aot")) {
      Path old = Files.writeString(directory.resolve(name), "old");
      Files.setLastModifiedTime(old, FileTime.fromMillis(name.charAt(6) * 1000L));
    }
    Files.createDirectories(directory.resolve("making-broken-off/code"));
    cache = directory.resolve("jdk25-4.aot");
    new FirstStart(LaunchSite.product(), cache).makeOnce();
  }

  static List<Jvm> jvms() {
    return List.of(LaunchSite.old(), LaunchSite.current());
  }

  @Test
  void newestCachesStayAndNothingElse() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.startsWith("test-"))
              .sorted()
              .toList();
      assertEquals(List.of("jdk25-2.aot", "jdk25-3.aot", "jdk25-4.aot", "lock"), names);
    }
  }

  @Test
  void presentCacheIsNotMadeAgain() throws Exception {
    FileTime before = Files.getLastModifiedTime(cache);
    new FirstStart(LaunchSite.product(), cache).makeOnce();
    assertEquals(before, Files.getLastModifiedTime(cache));
  }

  @ParameterizedTest
  @MethodSource("jvms")
  void classesComeFromIt(Jvm jvm) throws Exception {
    String classes = classes(jvm, cache);
    assertTrue(classes.contains(USED));
    assertTrue(classes.contains("picocli.CommandLine source: shared objects file"));
    assertTrue(classes.contains("wagi.launch.JvmSearch source: shared objects file"));
  }

  @ParameterizedTest
  @MethodSource("jvms")
  void missingFileIsNoFailure(Jvm jvm) throws Exception {
    assertFalse(classes(jvm, directory.resolve("test-missing.aot")).contains(USED));
  }

  @Test
  void textIsNoCache() throws Exception {
    Path text = trusted(Files.writeString(directory.resolve("test-text.aot"), "hello"));
    assertFalse(classes(LaunchSite.current(), text).contains(USED));
  }

  @Test
  void cutCacheIsIgnored() throws Exception {
    byte[] bytes = Files.readAllBytes(cache);
    byte[] half = Arrays.copyOf(bytes, bytes.length / 2);
    Path cut = trusted(Files.write(directory.resolve("test-cut.aot"), half));
    assertFalse(classes(LaunchSite.current(), cut).contains(USED));
  }

  @Test
  void cacheWithAFlippedBitIsIgnored() throws Exception {
    byte[] bytes = Files.readAllBytes(cache);
    bytes[bytes.length / 3] ^= 1;
    Path flipped = trusted(Files.write(directory.resolve("test-flipped.aot"), bytes));
    assertFalse(classes(LaunchSite.current(), flipped).contains(USED));
  }

  @Test
  void damagedCacheIsNoticedAndMadeAgain() throws Exception {
    Path place = Files.createDirectory(directory.resolve("test-damaged"));
    byte[] bytes = Files.readAllBytes(cache);
    bytes[bytes.length / 3] ^= 1;
    Path damaged = trusted(Files.write(place.resolve("jdk25.aot"), bytes));
    assertFalse(classes(LaunchSite.current(), damaged).contains(USED));
    assertFalse(vmInfo(damaged).contains("sharing"), vmInfo(damaged));

    new FirstStart(LaunchSite.product(), damaged).remakeDamaged();
    assertTrue(classes(LaunchSite.current(), damaged).contains(USED));
    assertTrue(vmInfo(damaged).contains("sharing"), vmInfo(damaged));
  }

  @Test
  void soundCacheIsNotMadeAgain() throws Exception {
    FileTime before = Files.getLastModifiedTime(cache);
    new FirstStart(LaunchSite.product(), cache).remakeDamaged();
    assertEquals(before, Files.getLastModifiedTime(cache));
  }

  /** Returns what the product's JVM says of itself when it is given this cache. */
  private static String vmInfo(Path cache) throws Exception {
    Jvm jvm = LaunchSite.current();
    List<String> options = new ArrayList<>(JvmFlags.ofThisMachine().of(jvm, List.of()));
    options.addAll(AotCache.use(cache));
    options.add("-XshowSettings:properties");
    List<String> command =
        new JvmCommand(jvm, options, LaunchSite.product().toString())
            .starting(List.of(), Launcher.class, List.of("--version"));
    try (LaunchedProcess process = LaunchSite.start(command, Map.of())) {
      assertEquals(0, process.exitCode());
      return process
          .errors()
          .lines()
          .filter(line -> line.contains("java.vm.info"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void cacheThatOthersMayWriteIsIgnored() throws Exception {
    Path foreign = Files.copy(cache, directory.resolve("test-foreign.aot"));
    Files.setPosixFilePermissions(foreign, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertFalse(classes(LaunchSite.current(), foreign).contains(USED));
  }

  @Test
  void cacheOfAnotherJarIsIgnored() throws Exception {
    Path jar = Files.copy(LaunchSite.product(), directory.resolve("test-other.jar"));
    Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
    assertFalse(classes(LaunchSite.current(), jar, cache, List.of()).contains(USED));
  }

  @Test
  void optionsOfTheUserThatDoNotFitAreNoFailure() throws Exception {
    Jvm jvm = LaunchSite.current();
    for (String option : List.of("-Xshare:auto", "-XX:+UseZGC", "-XX:-UseCompactObjectHeaders")) {
      assertFalse(classes(jvm, LaunchSite.product(), cache, List.of(option)).contains(USED));
    }
  }

  @Test
  void placeThatCannotBeMadeIsReported() throws IOException {
    Path file = Files.writeString(directory.resolve("test-file"), "");
    FirstStart first = new FirstStart(LaunchSite.product(), file.resolve("aot/jdk25.aot"));
    assertThrows(IOException.class, first::makeOnce);
  }

  @Test
  void placeThatOthersMayWriteStaysEmpty() throws Exception {
    Path open = Files.createDirectory(directory.resolve("test-open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    new FirstStart(LaunchSite.product(), open.resolve("jdk25.aot")).makeOnce();
    try (Stream<Path> files = Files.list(open)) {
      assertEquals(List.of(), files.toList());
    }
  }

  private static Path trusted(Path file) throws IOException {
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private static String classes(Jvm jvm, Path cache) throws Exception {
    return classes(jvm, LaunchSite.product(), cache, List.of());
  }

  /**
   * Starts the product, which must answer and say nothing else; returns the JVM's loaded classes.
   */
  private static String classes(Jvm jvm, Path jar, Path cache, List<String> options)
      throws Exception {
    Path log = directory.resolve("test-classes.log");
    List<String> command = new ArrayList<>(List.of(jvm.executable().toString()));
    command.addAll(options);
    command.add("-Xlog:class+load:file=" + log);
    command.addAll(List.of("-jar", jar.toString(), "--version"));
    Map<String, String> environment = Map.of("WAGI_AOT_CACHE", cache.toString());
    try (LaunchedProcess process = LaunchSite.start(command, environment)) {
      List<String> lines = process.remainingLines();
      assertEquals(0, process.exitCode());
      assertEquals("", process.errors());
      assertEquals(2, lines.size(), lines.toString());
      assertTrue(lines.get(0).startsWith("wagi-server "), lines.toString());
    }
    return Files.readString(log, UTF_8);
  }
}
