package wagi.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AotCacheTest {
  private final Path home;
  private final Path jar;

  AotCacheTest(@TempDir Path home) throws IOException {
    this.home = home;
    jar = Files.writeString(home.resolve("wagi-server.jar"), "jar");
  }

  @Test
  void fileStandsInTheUsersCache() {
    assertEquals(home.resolve(".cache/wagi-server/aot"), file(Map.of()).getParent());
  }

  @Test
  void variablesNameAnotherPlaceInTheirOrder() {
    Map<String, String> user = Map.of("XDG_CACHE_HOME", "/user");
    Map<String, String> unit = Map.of("XDG_CACHE_HOME", "/user", "CACHE_DIRECTORY", "/unit:/other");
    assertEquals(Path.of("/user/wagi-server/aot"), file(user).getParent());
    assertEquals(Path.of("/unit/aot"), file(unit).getParent());
  }

  @Test
  void relativePlaceIsIgnored() {
    assertEquals(file(Map.of()), file(Map.of("XDG_CACHE_HOME", "cache")));
  }

  @Test
  void anotherJarHasAnotherFile() throws IOException {
    Path before = file(Map.of());
    assertEquals(before, file(Map.of()));
    Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
    assertNotEquals(before, file(Map.of()));
  }

  @Test
  void offIsOff() {
    assertTrue(AotCache.of(Map.of("WAGI_AOT_CACHE", "off"), home, jvm(), jar()).isEmpty());
  }

  @Test
  void classPathOfSeveralFilesHasNone() {
    assertTrue(AotCache.of(Map.of(), home, jvm(), jar() + ":other.jar").isEmpty());
  }

  @Test
  void missingFileIsMade() {
    AotCache cache = cache(Map.of());
    assertEquals(List.of("-Dwagi.aot=" + cache.file()), cache.options(List.of()));
  }

  @Test
  void missingFileThatTheUserNamedIsNotMade() {
    AotCache cache = cache(Map.of("WAGI_AOT_CACHE", home.resolve("named.aot").toString()));
    assertEquals(List.of(), cache.options(List.of()));
  }

  @Test
  void presentFileIsUsed() throws IOException {
    AotCache cache = cache(Map.of());
    write(cache.file());
    assertEquals(
        List.of(
            "-XX:AOTCache=" + cache.file(),
            "-XX:+VerifySharedSpaces",
            "-Xlog:aot*=off",
            "-Dwagi.aot.given=" + cache.file()),
        cache.options(List.of("-Xmx1g", "-Dname=value")));
  }

  @Test
  void presentFileThatTheUserNamedIsUsedAndNotMadeAgain() throws IOException {
    Path named = home.resolve("named.aot");
    write(named);
    AotCache cache = cache(Map.of("WAGI_AOT_CACHE", named.toString()));
    assertEquals(
        List.of("-XX:AOTCache=" + named, "-XX:+VerifySharedSpaces", "-Xlog:aot*=off"),
        cache.options(List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:AOTCache=mine",
        "-XX:AOTMode=off",
        "-XX:SharedArchiveFile=mine",
        "-Xshare:off",
        "-agentlib:jdwp=transport=dt_socket",
        "-javaagent:agent.jar",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "-XX:+UseZGC",
        "-XX:-UseCompactObjectHeaders"
      })
  void optionThatDoesNotGoWithItTurnsItOff(String option) throws IOException {
    AotCache cache = cache(Map.of());
    assertEquals(List.of(), cache.options(List.of(option)));
    write(cache.file());
    assertEquals(List.of(), cache.options(List.of(option)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-rw-r--", "rw-r--rw-"})
  void fileThatOthersMayWriteIsNotUsed(String mode) throws IOException {
    AotCache cache = cache(Map.of());
    write(cache.file());
    Files.setPosixFilePermissions(cache.file(), PosixFilePermissions.fromString(mode));
    assertNotUsed(cache);
  }

  @Test
  void fileInADirectoryThatOthersMayWriteIsNotUsed() throws IOException {
    AotCache cache = cache(Map.of());
    write(cache.file());
    Files.setPosixFilePermissions(
        cache.file().resolveSibling(""), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertNotUsed(cache);
  }

  @Test
  void linkIsNotUsed() throws IOException {
    AotCache cache = cache(Map.of());
    Path elsewhere = home.resolve("elsewhere");
    write(elsewhere);
    Files.createDirectories(cache.file().resolveSibling(""));
    Files.createSymbolicLink(cache.file(), elsewhere);
    assertNotUsed(cache);
  }

  private static void assertNotUsed(AotCache cache) {
    assertTrue(
        cache.options(List.of()).stream().noneMatch(option -> option.startsWith("-XX:AOTCache")));
  }

  private static void write(Path file) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, "cache");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private Path file(Map<String, String> environment) {
    return cache(environment).file();
  }

  private AotCache cache(Map<String, String> environment) {
    return AotCache.of(environment, home, jvm(), jar()).orElseThrow();
  }

  private String jar() {
    return jar.toString();
  }

  private static Jvm jvm() {
    return LaunchSite.current();
  }
}
