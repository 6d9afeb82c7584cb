package wagi.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wagi.engine.Guest;
import wagi.engine.Preopen;
import wagi.engine.TestGuests;

/** Somebody swaps a directory for a link out of the volume and back while a guest goes through. */
final class VolumeRaceTest {
  private static final int ROUNDS = 10_000;
  private static final int CREAT = 1;

  @TempDir Path parent = Path.of("");

  @ParameterizedTest
  @EnumSource(
      value = Beneath.class,
      names = {"OPENAT2", "COMPONENTS"})
  void nothingOutsideIsReachedWhileNamesAreSwapped(Beneath way) throws Exception {
    Path outside = Files.createDirectory(parent.resolve("outside"));
    Path box = Files.createDirectory(parent.resolve("box"));
    Files.writeString(outside.resolve("f"), "out");
    Files.createDirectory(box.resolve("real"));
    Files.createDirectory(box.resolve("real/back"));
    Files.writeString(box.resolve("real/f"), "in!");
    Files.createSymbolicLink(box.resolve("link"), Path.of("../outside"));
    Files.createSymbolicLink(box.resolve("d"), Path.of("real"));

    AtomicBoolean done = new AtomicBoolean();
    Thread racer = Thread.ofPlatform().start(() -> swap(box, done));
    int seen;
    Guest guest = Calls.guest(1, new Preopen("/data", box, true));
    Descriptors descriptors = Descriptors.of(guest, way);
    try {
      seen = attack(guest);
    } finally {
      done.set(true);
      racer.join();
    }

    assertTrue(seen > 0, "the guest never met its own file");
    assertEquals(1, descriptors.openOnHost());
    TestGuests.end(guest);
    assertEquals("out", Files.readString(outside.resolve("f")));
    try (Stream<Path> left = Files.list(outside)) {
      assertEquals(1, left.count());
    }
  }

  private static int attack(Guest guest) {
    int seen = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String path = i % 2 == 0 ? "d/f" : "d/back/../f";
      if (open(guest, path, 0, Rights.FD_READ | Rights.FD_WRITE).equals("ESUCCESS")) {
        guest.memory().writeI32(0, 1000);
        guest.memory().writeI32(4, 3);
        assertEquals("ESUCCESS", Calls.call(guest, "fd_read", 4, 0, 1, 200));
        assertEquals('i', guest.memory().read(1000));
        Calls.call(guest, "fd_close", 4);
        seen++;
      }
      if (open(guest, "d/new", CREAT, Rights.FD_WRITE).equals("ESUCCESS")) {
        Calls.call(guest, "fd_close", 4);
      }
      Calls.call(guest, "path_unlink_file", 3, 2000, Calls.put(guest, 2000, "d/new"));
      Calls.call(guest, "path_create_directory", 3, 2000, Calls.put(guest, 2000, "d/dir"));
      Calls.call(guest, "path_remove_directory", 3, 2000, Calls.put(guest, 2000, "d/dir"));
    }
    return seen;
  }

  private static String open(Guest guest, String path, int oflags, long rights) {
    int length = Calls.put(guest, 2000, path);
    return Calls.call(guest, "path_open", 3, 1, 2000, length, oflags, rights, 0, 0, 200);
  }

  // Renaming over a link is atomic; the real directory takes the name too.
  private static void swap(Path box, AtomicBoolean done) {
    try {
      while (!done.get()) {
        point(box, "link");
        point(box, "real");
        Files.delete(box.resolve("d"));
        Files.move(box.resolve("real"), box.resolve("d"));
        Files.move(box.resolve("d"), box.resolve("real"));
        point(box, "real");
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void point(Path box, String target) throws IOException {
    Path fresh = Files.createSymbolicLink(box.resolve("fresh"), Path.of(target));
    Files.move(fresh, box.resolve("d"), StandardCopyOption.ATOMIC_MOVE);
  }
}
