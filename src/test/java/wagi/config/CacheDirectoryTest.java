package wagi.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CacheDirectoryTest {
  private static final Path HOME = Path.of("/home/ann");

  @Test
  void usualPlaceIsBelowTheHome() {
    assertEquals(Path.of("/home/ann/.cache/wagi-server"), CacheDirectory.of(Map.of(), HOME));
  }

  @Test
  void xdgCacheHomeGoesBeforeTheHome() {
    assertEquals(
        Path.of("/big/wagi-server"), CacheDirectory.of(Map.of("XDG_CACHE_HOME", "/big"), HOME));
  }

  @Test
  void directoryOfSystemdGoesBeforeAllAndIsTakenAsItIs() {
    assertEquals(
        Path.of("/var/cache/web"),
        CacheDirectory.of(
            Map.of("CACHE_DIRECTORY", "/var/cache/web", "XDG_CACHE_HOME", "/big"), HOME));
  }

  @Test
  void firstOfSeveralDirectoriesOfSystemdIsTaken() {
    assertEquals(
        Path.of("/var/cache/a"),
        CacheDirectory.of(Map.of("CACHE_DIRECTORY", "/var/cache/a:/var/cache/b"), HOME));
  }

  @Test
  void emptyAndRelativeValuesAreIgnored() {
    Map<String, String> environment = Map.of("CACHE_DIRECTORY", "", "XDG_CACHE_HOME", "cache");
    assertEquals(Path.of("/home/ann/.cache/wagi-server"), CacheDirectory.of(environment, HOME));
  }

  @Test
  void valueThatIsNoPathIsIgnored() {
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", "/a\0b");
    assertEquals(Path.of("/home/ann/.cache/wagi-server"), CacheDirectory.of(environment, HOME));
  }

  @Test
  void homeThatIsNotKnownGivesNone() {
    assertNull(CacheDirectory.of(Map.of(), Path.of("?")));
  }
}
