package wagi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules read what is in their volumes, nothing beside it, and change nothing. */
final class VolumeTest {
  /** Creates "new" in its first volume and answers with the errno as a character from A. */
  private static final String CREATES =
      """
      (module
        (import "wasi_snapshot_preview1" "fd_write"
          (func $fd_write (param i32 i32 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "path_open"
          (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
        (memory (export "memory") 1)
        (data (i32.const 0) "\\10\\00\\00\\00\\12\\00\\00\\00")
        (data (i32.const 16) "Content-Type: t/t\\0a\\0a")
        (data (i32.const 64) "new")
        (func (export "_start")
          (i32.store8 (i32.const 35)
            (i32.add (i32.const 35)
              (call $path_open (i32.const 3) (i32.const 0) (i32.const 64) (i32.const 3)
                (i32.const 1) (i64.const 64) (i64.const 0) (i32.const 0) (i32.const 128))))
          (i32.store (i32.const 4) (i32.const 20))
          (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))
      """;

  private static final int ERRNO_ROFS = 69;
  private static TestServer server;
  private static Path volume;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    volume = Files.createDirectory(directory.resolve("volume"));
    Files.writeString(volume.resolve("note.txt"), "inside\n");
    Files.writeString(directory.resolve("secret.txt"), "outside\n");
    Files.createSymbolicLink(volume.resolve("link.txt"), Path.of("../secret.txt"));
    Path creates = Files.writeString(directory.resolve("creates.wat"), CREATES);
    server =
        TestServer.serving(
            """
            [[module]]
            route = "/files/..."
            module = "samples/files.wasm"
            volumes = { "/public" = "%1$s" }
            [[module]]
            route = "/creates"
            module = "%2$s"
            volumes = { "/public" = "%1$s" }
            """
                .formatted(volume, creates));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void fileOfTheVolumeIsRead() throws IOException {
    assertEquals("inside\n", RawHttp.get(server.address(), "/files/note.txt").body());
  }

  @Test
  void linkOutOfTheVolumeDoesNotExist() throws IOException {
    RawAnswer answer = RawHttp.get(server.address(), "/files/link.txt");

    assertEquals(404, answer.status(), answer.body());
    assertTrue(!answer.body().contains("outside"), answer.body());
  }

  @Test
  void nothingCanBeCreated() throws IOException {
    String body = RawHttp.get(server.address(), "/creates").body();

    assertEquals(String.valueOf((char) ('#' + ERRNO_ROFS)), body);
    assertTrue(Files.notExists(volume.resolve("new")));
  }
}
