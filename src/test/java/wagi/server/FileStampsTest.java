package wagi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of files after a reading of them. */
final class FileStampsTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void fileThatOnlyTheReadingNamedIsLookedAtAgain() throws IOException {
    Path map = Files.writeString(folder.resolve("modules.toml"), "1");
    FileStamps before = FileStamps.of(Set.of(map));
    Path module = Files.writeString(folder.resolve("new.wat"), "1");

    Set<Path> read = Set.of(map, module);
    assertNotEquals(FileStamps.of(read), before.onlyOf(read));
  }

  @Test
  void knownFilesThatStayAsTheyWereAreNotLookedAtAgain() throws IOException {
    Path map = Files.writeString(folder.resolve("modules.toml"), "1");
    Path module = folder.resolve("missing.wat");
    FileStamps before = FileStamps.of(Set.of(map, module));

    assertEquals(FileStamps.of(Set.of(map)), before.onlyOf(Set.of(map)));
    assertEquals(FileStamps.of(Set.of(map, module)), before.onlyOf(Set.of(map, module)));
  }
}
