package wagi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules read what is in their volumes, change what they may, and nothing beside it. */
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
  private static Path writable;
  private static Path outside;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    volume = Files.createDirectory(directory.resolve("volume"));
    Files.writeString(volume.resolve("note.txt"), "inside\n");
    Files.writeString(directory.resolve("secret.txt"), "outside\n");
    Files.createSymbolicLink(volume.resolve("link.txt"), Path.of("../secret.txt"));
    writable = Files.createDirectories(directory.resolve("w/box"));
    outside = Files.createDirectory(directory.resolve("w/outside"));
    Files.writeString(outside.resolve("secret"), "secret");
    Files.createSymbolicLink(writable.resolve("lnk"), Path.of("../outside"));
    Files.createSymbolicLink(writable.resolve("abs"), outside);
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
            [[module]]
            route = "/writes"
            module = "src/test/guests/volume.wasm"
            volumes = { "/data" = { path = "%3$s", write = true } }
            [[module]]
            route = "/reads"
            module = "src/test/guests/volume.wasm"
            volumes = { "/data" = "%1$s" }
            """
                .formatted(volume, creates, writable));
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

  @Test
  void guestChangesWhatItMayAndNothingBesideIt() throws IOException {
    assertEquals(
        """
        mkdir: ok
        write: ok
        write again: File exists
        append: ok
        rename: ok
        link: ok
        symlink: ok
        stat: ok
        size 8 links 2
        seek: ok
        read: ok
        two
        truncate: ok
        opendir: ok
        4 entries
        rmdir full: Directory not empty
        probe symlink: Operation not permitted
        probe stat: Operation not permitted
        probe open nofollow: Operation not permitted
        probe open: Operation not permitted
        probe mkdir: Operation not permitted
        probe create nofollow: Operation not permitted
        probe create: Operation not permitted
        probe unlink: Operation not permitted
        probe rename: Operation not permitted
        probe link: Operation not permitted
        probe rename into: Operation not permitted
        probe dots: Operation not permitted
        probe absolute: Operation not permitted
        """,
        RawHttp.get(server.address(), "/writes").body());
    assertEquals("one", Files.readString(writable.resolve("dir/c")));
    assertEquals("secret", Files.readString(outside.resolve("secret")));
    try (Stream<Path> left = Files.list(outside)) {
      assertEquals(1, left.count());
    }
  }

  @Test
  void sameGuestChangesNothingWithoutWrite() throws IOException {
    String body = RawHttp.get(server.address(), "/reads").body();

    assertTrue(body.startsWith("mkdir: Read-only file system\n"), body);
    assertTrue(body.contains("symlink: Read-only file system\n"), body);
    try (Stream<Path> left = Files.list(volume)) {
      assertEquals(2, left.count());
    }
  }
}
