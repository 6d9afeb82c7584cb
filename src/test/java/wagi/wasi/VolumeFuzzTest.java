package wagi.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wagi.Fuzz;
import wagi.engine.Guest;
import wagi.engine.Preopen;
import wagi.engine.TestGuests;

/** Random paths in random volumes lead where a model says, and never out. */
@Timeout(value = 2, unit = TimeUnit.HOURS)
final class VolumeFuzzTest {
  private static final int PATHS = 40;
  private static final int CHANGES = 60;
  private static final String TOLD_NOBODY = "what stands outside";
  private static final int PATH = 2000;
  private static final int OTHER_PATH = 4000;
  private static final int FOLLOW = 1;
  private static final List<String> CHANGING =
      List.of(
          "path_open",
          "path_create_directory",
          "path_remove_directory",
          "path_unlink_file",
          "path_rename",
          "path_symlink",
          "path_link",
          "path_filestat_set_times");

  @TempDir private static Path parent = Path.of("");

  @ParameterizedTest
  @EnumSource(Beneath.class)
  void pathLeadsWhereTheModelSays(Beneath way) {
    Fuzz.tries(30, random -> inVolume(random, way, VolumeFuzzTest::compare));
  }

  @ParameterizedTest
  @EnumSource(
      value = Beneath.class,
      names = {"OPENAT2", "COMPONENTS"})
  void nothingOutsideIsReadOrChangedWhateverAGuestDoes(Beneath way) {
    Fuzz.tries(30, random -> inVolume(random, way, VolumeFuzzTest::change));
  }

  private interface Doing {
    void run(VolumeModel model, Guest guest, SplittableRandom random) throws IOException;
  }

  private static void inVolume(SplittableRandom random, Beneath way, Doing doing)
      throws IOException {
    Path place = Files.createTempDirectory(parent, "volume").toRealPath();
    try {
      Path outside = Files.createDirectory(place.resolve("outside"));
      Files.writeString(outside.resolve("secret"), TOLD_NOBODY);
      String before = told(outside);
      Path box = place.resolve("box");
      VolumeModel model = new VolumeModel(box, random);
      Guest guest = Calls.guest(1, new Preopen("/data", box, way != Beneath.NAMES));
      Descriptors descriptors = Descriptors.of(guest, way);
      doing.run(model, guest, random);
      TestGuests.end(guest);
      assertEquals(0, descriptors.openOnHost());
      assertEquals(before, told(outside));
    } finally {
      delete(place);
    }
  }

  private static void compare(VolumeModel model, Guest guest, SplittableRandom random)
      throws IOException {
    for (int i = 0; i < PATHS; i++) {
      String path = model.path();
      int follow = random.nextInt(2);
      assertEquals(
          expected(model, path, follow),
          found(guest, path, follow),
          () -> "path \"" + path + "\", follow " + follow + ", in " + model);
    }
  }

  private static String expected(VolumeModel model, String path, int follow) throws IOException {
    try {
      return switch (model.find(path, follow == FOLLOW)) {
        case VolumeModel.Dir dir -> "DIRECTORY " + inode(dir.at());
        case VolumeModel.TextFile file -> "REGULAR_FILE " + inode(file.at()) + " " + file.at();
        case VolumeModel.Link link ->
            "SYMBOLIC_LINK "
                + inode(link.at())
                + " "
                + (link.target().startsWith("/") ? "EPERM" : link.target());
      };
    } catch (ErrnoException e) {
      return e.errno().toString();
    }
  }

  private static Object inode(Path path) throws IOException {
    return Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
  }

  private static String found(Guest guest, String path, int follow) {
    int length = Calls.put(guest, PATH, path);
    String errno = Calls.call(guest, "path_filestat_get", 3, follow, PATH, length, 200);
    if (!errno.equals("ESUCCESS")) {
      return errno;
    }
    long inode = guest.memory().readLong(208);
    return switch (guest.memory().read(216)) {
      case 3 -> "DIRECTORY " + inode;
      case 4 -> "REGULAR_FILE " + inode + " " + content(guest, length, follow);
      case 7 -> "SYMBOLIC_LINK " + inode + " " + target(guest, length);
      default -> "something else";
    };
  }

  private static String content(Guest guest, int length, int follow) {
    String errno =
        Calls.call(guest, "path_open", 3, follow, PATH, length, 0, Rights.FD_READ, 0, 0, 200);
    if (!errno.equals("ESUCCESS")) {
      return errno;
    }
    int fd = guest.memory().readInt(200);
    guest.memory().writeI32(0, 1000);
    guest.memory().writeI32(4, 900);
    Calls.call(guest, "fd_read", fd, 0, 1, 200);
    String text = new String(guest.memory().readBytes(1000, guest.memory().readInt(200)), UTF_8);
    Calls.call(guest, "fd_close", fd);
    return text;
  }

  private static String target(Guest guest, int length) {
    String errno = Calls.call(guest, "path_readlink", 3, PATH, length, 1000, 900, 200);
    return errno.equals("ESUCCESS")
        ? new String(guest.memory().readBytes(1000, guest.memory().readInt(200)), UTF_8)
        : errno;
  }

  private static void change(VolumeModel model, Guest guest, SplittableRandom random) {
    for (int i = 0; i < CHANGES; i++) {
      int one = Calls.put(guest, PATH, model.path());
      int other = Calls.put(guest, OTHER_PATH, model.path());
      int follow = random.nextInt(2);
      switch (CHANGING.get(random.nextInt(CHANGING.size()))) {
        case "path_open" -> write(guest, one, follow, random);
        case "path_rename" -> Calls.call(guest, "path_rename", 3, PATH, one, 3, OTHER_PATH, other);
        case "path_symlink" -> Calls.call(guest, "path_symlink", PATH, one, 3, OTHER_PATH, other);
        case "path_link" ->
            Calls.call(guest, "path_link", 3, follow, PATH, one, 3, OTHER_PATH, other);
        case "path_filestat_set_times" ->
            Calls.call(guest, "path_filestat_set_times", 3, follow, PATH, one, 1, 1, 5);
        case String name -> Calls.call(guest, name, 3, PATH, one);
      }
      assertFalse(found(guest, model.path(), follow).contains(TOLD_NOBODY), "read outside");
    }
  }

  private static void write(Guest guest, int length, int follow, SplittableRandom random) {
    long rights = Rights.FD_READ | Rights.FD_WRITE;
    int oflags = random.nextInt(16);
    if (Calls.call(guest, "path_open", 3, follow, PATH, length, oflags, rights, 0, 0, 200)
        .equals("ESUCCESS")) {
      int fd = guest.memory().readInt(200);
      guest.memory().writeI32(0, PATH);
      guest.memory().writeI32(4, 5);
      Calls.call(guest, "fd_write", fd, 0, 1, 200);
      Calls.call(guest, "fd_close", fd);
    }
  }

  /** All there is about a directory that a guest could have changed. */
  private static String told(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .sorted()
          .map(file -> file + " " + attributes(file))
          .collect(Collectors.joining("\n"));
    }
  }

  private static String attributes(Path file) {
    try {
      return Files.readAttributes(
              file, "unix:mode,nlink,size,lastModifiedTime", LinkOption.NOFOLLOW_LINKS)
          .toString();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
