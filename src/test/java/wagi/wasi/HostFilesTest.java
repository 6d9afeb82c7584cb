package wagi.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import wagi.engine.Guest;
import wagi.engine.Preopen;
import wagi.engine.TestGuests;

/** What a script cannot say: many entries, a full disk, descriptors of the host. */
final class HostFilesTest {
  @TempDir Path box = Path.of("");

  @ParameterizedTest
  @EnumSource(Beneath.class)
  void everyEntryIsListedOnceWhateverTheBuffer(Beneath way) throws IOException {
    Set<String> expected =
        IntStream.range(0, 300).mapToObj(i -> "entry" + i).collect(Collectors.toSet());
    for (String name : expected) {
      Files.createFile(box.resolve(name));
    }
    expected.addAll(Set.of(".", ".."));
    for (int buffer : new int[] {60, 100, 4096, 30_000}) {
      assertEquals(expected, list(guest(way), buffer));
    }
  }

  @Test
  void cookiesStayTrueWhileEntriesComeAndGo() throws IOException {
    for (int i = 0; i < 100; i++) {
      Files.createFile(box.resolve("stays" + i));
    }
    Guest guest = guest(Beneath.OPENAT2);
    Set<String> seen = new HashSet<>();
    long cookie = 0;
    for (int round = 0; ; round++) {
      Files.createFile(box.resolve("comes" + round));
      Files.deleteIfExists(box.resolve("comes" + (round - 1)));
      long next = page(guest, cookie, 200, seen);
      if (next == cookie) {
        break;
      }
      cookie = next;
    }
    assertEquals(100, seen.stream().filter(name -> name.startsWith("stays")).count());
  }

  @Test
  void aLargeDirectoryIsNotReadAtOnce() throws Exception {
    for (int i = 0; i < 2000; i++) {
      Files.createFile(box.resolve("a-rather-long-name-of-an-entry-" + i));
    }
    try (Linux linux = new Linux()) {
      int fd = linux.openDirectory(box.toString().getBytes(UTF_8), 0);
      assertTrue(linux.getdents64(fd, 1024).length <= 1024);
      assertTrue(linux.getdents64(fd, Integer.MAX_VALUE).length <= SystemCallMemory.TRANSFER_BYTES);
    }
  }

  @Test
  void nameThatIsNoUtf8IsListedAsItIs() throws Exception {
    Process mkdir =
        new ProcessBuilder("sh", "-c", "mkdir \"$(printf '" + box + "/\\377')\"").start();
    assertEquals(0, mkdir.waitFor());
    Guest guest = guest(Beneath.OPENAT2);
    Calls.call(guest, "fd_readdir", 3, 0, 1000, 0, 2000);
    byte[] listed = guest.memory().readBytes(0, guest.memory().readInt(2000));
    assertTrue(IntStream.range(0, listed.length).anyMatch(i -> listed[i] == (byte) 0xff));
  }

  @Test
  void fullDiskIsNoSpace() throws Exception {
    try (Linux linux = new Linux()) {
      int fd = linux.openat(Linux.AT_FDCWD, "/dev/full", Linux.O_WRONLY);
      HostFile full = new HostFile(linux, fd, 0, true);
      ErrnoException e = assertThrows(ErrnoException.class, () -> full.write(new byte[10], 0, 10));
      assertEquals(Errno.ENOSPC, e.errno());
    }
  }

  @Test
  void aGuestHasNoMoreDescriptorsOfTheHostThanItsLimit() throws IOException {
    Files.writeString(box.resolve("f"), "x");
    Files.createDirectories(box.resolve("a/b"));
    Guest guest = guest(Beneath.COMPONENTS);
    Descriptors descriptors = Descriptors.of(guest);
    for (int i = 0; i < 40; i++) {
      int length = Calls.put(guest, 1000, "a/b/../../f");
      String errno = Calls.call(guest, "path_open", 3, 0, 1000, length, 0, 2, 0, 0, 200);
      assertEquals(i < 16 ? "ESUCCESS" : "EMFILE", errno);
    }
    assertEquals(17, descriptors.openOnHost());
    assertEquals("ESUCCESS", Calls.call(guest, "fd_renumber", 4, 5));
    assertEquals("ESUCCESS", Calls.call(guest, "fd_close", 5));
    assertEquals(15, descriptors.openOnHost());
    TestGuests.end(guest);
    assertEquals(0, descriptors.openOnHost());
  }

  @Test
  void descriptorsOfVolumesAreNotInheritedByProcesses() throws Exception {
    try (Linux linux = new Linux()) {
      int root = linux.openDirectory(box.toString().getBytes(UTF_8), 0);
      int deep = Beneath.OPENAT2.openDirectory(linux, root, ".");
      int file = linux.openat(root, "new", Linux.O_CREAT | Linux.O_RDWR);
      for (int fd : new int[] {root, deep, file}) {
        String info = Files.readString(Path.of("/proc/self/fdinfo/" + fd));
        String flags = info.lines().filter(l -> l.startsWith("flags:")).findFirst().orElse("");
        assertTrue((Long.parseLong(flags.substring(6).strip(), 8) & 02000000) != 0, info);
      }
    }
  }

  @Test
  void aWalkByComponentsHasADepth() throws Exception {
    Path deep = box;
    for (int i = 0; i < 300; i++) {
      deep = Files.createDirectory(deep.resolve("d"));
    }
    assertEquals("ESUCCESS", status(guest(Beneath.OPENAT2), "d/".repeat(300)));
    Guest guest = guest(Beneath.COMPONENTS);
    assertEquals("ESUCCESS", status(guest, "d/".repeat(250)));
    assertEquals("ENAMETOOLONG", status(guest, "d/".repeat(300)));
    assertEquals(1, Descriptors.of(guest).openOnHost());
  }

  @Test
  void bytesOfAGuestAreWrittenWholeAcrossTransfers() throws IOException {
    Guest guest = Calls.guest(4, new Preopen("/data", box, true));
    byte[] memory = guest.memory().arrayForWriting(0, 200_000);
    for (int i = 1000; i < 200_000; i++) {
      memory[i] = (byte) (i * 31);
    }
    guest.memory().writeI32(0, 1000);
    guest.memory().writeI32(4, 150_001);
    int length = Calls.put(guest, 500, "f");
    Calls.call(guest, "path_open", 3, 0, 500, length, 1, Rights.FD_WRITE, 0, 0, 200);
    assertEquals("ESUCCESS", Calls.call(guest, "fd_write", 4, 0, 1, 200));
    assertEquals(150_001, guest.memory().readInt(200));
    assertArrayEquals(
        Arrays.copyOfRange(memory, 1000, 151_001), Files.readAllBytes(box.resolve("f")));
  }

  @Test
  void writingIsPossibleWhereNamesAreKeptByDescriptors() {
    assertNull(Beneath.OPENAT2.writeProblem());
    assertNull(Beneath.COMPONENTS.writeProblem());
    assertNotNull(Beneath.NAMES.writeProblem());
    assertNull(WritableVolumes.problem());
    assertFalse(Beneath.here() == Beneath.NAMES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fd_sync", "fd_datasync"})
  void othersMayComputeWhileTheDiskIsWaitedFor(String function) {
    Guest guest = guest(Beneath.OPENAT2);
    TestGuests.CountingPermit permit = (TestGuests.CountingPermit) guest.permit();
    assertEquals("EBADF", Calls.call(guest, function, 9));
    assertEquals(0, permit.left);

    assertEquals("ESUCCESS", Calls.call(guest, function, 3));
    assertEquals(1, permit.left);
    assertEquals(1, permit.rejoined);
  }

  private Guest guest(Beneath way) {
    Guest guest = Calls.guest(1, new Preopen("/data", box, way != Beneath.NAMES));
    Descriptors.of(guest, way);
    return guest;
  }

  private static String status(Guest guest, String path) {
    return Calls.call(guest, "path_filestat_get", 3, 0, 1000, Calls.put(guest, 1000, path), 200);
  }

  private static Set<String> list(Guest guest, int buffer) {
    Set<String> names = new HashSet<>();
    for (long cookie = 0; ; ) {
      long next = page(guest, cookie, buffer, names);
      if (next == cookie) {
        return names;
      }
      cookie = next;
    }
  }

  /** Adds the names of whole entries; returns the cookie behind them. */
  private static long page(Guest guest, long cookie, int buffer, Set<String> names) {
    assertEquals("ESUCCESS", Calls.call(guest, "fd_readdir", 3, 0, buffer, cookie, 60_000));
    int used = guest.memory().readInt(60_000);
    long next = cookie;
    for (int at = 0; at + 24 <= used; ) {
      int length = guest.memory().readInt(at + 16);
      if (at + 24 + length > used) {
        break;
      }
      String name = new String(guest.memory().readBytes(at + 24, length), UTF_8);
      assertTrue(names.add(name) || name.startsWith("comes"), name);
      next = guest.memory().readLong(at);
      at += 24 + length;
    }
    return next;
  }
}
