package wagi.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GuestLogFilesTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-21T11:22:33.000456789Z"));
  private static final String PREFIX = "2026-11-21T11:22:33.000456789Z stderr ";
  private static final GuestLogFile.Rotation SMALL = new GuestLogFile.Rotation(100, 2);

  private final Path directory;

  GuestLogFilesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void lineHasTimeStreamAndMark() throws IOException {
    try (GuestLogFiles log = new GuestLogFiles(directory, CLOCK)) {
      log.line("7d1f", "hello", "/hello", "hi there", false);
      log.line("7d1f", "hello", "/hello", "a long", true);
      log.line("7d1f", "hello", "/hello", " line", false);
    }

    assertEquals(
        List.of(PREFIX + "F hi there", PREFIX + "P a long", PREFIX + "F  line"), read("hello.log"));
  }

  @Test
  void eachModuleHasItsFile() throws IOException {
    try (GuestLogFiles log = new GuestLogFiles(directory, CLOCK)) {
      log.line("1", "a", "/a", "from a", false);
      log.line("2", "b", "/b", "from b", false);
    }

    assertEquals(List.of(PREFIX + "F from a"), read("a.log"));
    assertEquals(List.of(PREFIX + "F from b"), read("b.log"));
  }

  @Test
  void fileGrowsOverRestarts() throws IOException {
    for (String text : List.of("first", "second")) {
      try (GuestLogFiles log = new GuestLogFiles(directory, CLOCK)) {
        log.line("1", "a", "/a", text, false);
      }
    }

    assertEquals(List.of(PREFIX + "F first", PREFIX + "F second"), read("a.log"));
  }

  @Test
  void directoryIsCreated() throws IOException {
    Path below = directory.resolve("var/log/guests");
    new GuestLogFiles(below, CLOCK).close();

    assertTrue(Files.isDirectory(below));
  }

  @Test
  void directoryThatIsAFileIsRefusedAtStart() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThrows(FileAlreadyExistsException.class, () -> new GuestLogFiles(file, CLOCK));
  }

  @Test
  void escapesAreMadeVisible() throws IOException {
    try (GuestLogFiles log = new GuestLogFiles(directory, CLOCK)) {
      log.line("1", "a", "/a", "\u001b]0;pwn\u0007 \u009b31m \r\u0000\ttab ü", false);
    }

    assertEquals(List.of(PREFIX + "F \\x1b]0;pwn\\x07 \\x9b31m \\x0d\\x00\ttab ü"), read("a.log"));
  }

  @Test
  void fullFileBecomesThePredecessor() throws IOException {
    try (GuestLogFiles log = new GuestLogFiles(directory, CLOCK, SMALL)) {
      write(log, 3);
    }

    assertEquals(List.of(PREFIX + "F line 2"), read("a.log"));
    assertEquals(List.of(PREFIX + "F line 0", PREFIX + "F line 1"), read("a.log.1"));
    assertFalse(Files.exists(directory.resolve("a.log.2")));
  }

  @Test
  void oldestPredecessorIsGivenUp() throws IOException {
    try (GuestLogFiles log = new GuestLogFiles(directory, CLOCK, SMALL)) {
      write(log, 10);
    }

    assertEquals(List.of(PREFIX + "F line 8", PREFIX + "F line 9"), read("a.log"));
    assertEquals(List.of(PREFIX + "F line 6", PREFIX + "F line 7"), read("a.log.1"));
    assertEquals(List.of(PREFIX + "F line 4", PREFIX + "F line 5"), read("a.log.2"));
    assertEquals(List.of("a.log", "a.log.1", "a.log.2"), names());
  }

  @Test
  void sizeOfAnEarlierRunCounts() throws IOException {
    for (int run = 0; run < 3; run++) {
      try (GuestLogFiles log = new GuestLogFiles(directory, CLOCK, SMALL)) {
        log.line("1", "a", "/a", "run " + run, false);
      }
    }

    assertEquals(List.of(PREFIX + "F run 2"), read("a.log"));
  }

  @Test
  void lineLargerThanAFileIsWrittenAlone() throws IOException {
    String large = "x".repeat(200);
    try (GuestLogFiles log = new GuestLogFiles(directory, CLOCK, SMALL)) {
      log.line("1", "a", "/a", large, false);
      log.line("1", "a", "/a", "small", false);
    }

    assertEquals(List.of(PREFIX + "F small"), read("a.log"));
    assertEquals(List.of(PREFIX + "F " + large), read("a.log.1"));
  }

  @Test
  void fileThatCannotBeWrittenCostsLinesAndNothingElse() throws IOException {
    Files.createDirectory(directory.resolve("a.log"));
    try (GuestLogFiles log = new GuestLogFiles(directory, CLOCK)) {
      log.line("1", "a", "/a", "lost", false);
      log.line("1", "b", "/b", "kept", false);
    }

    assertEquals(List.of(PREFIX + "F kept"), read("b.log"));
  }

  @Test
  void interruptedGuestStillWrites() throws IOException {
    try (GuestLogFiles log = new GuestLogFiles(directory, CLOCK)) {
      Thread.currentThread().interrupt();
      log.line("1", "a", "/a", "first", false);
      log.line("1", "a", "/a", "second", false);
      assertTrue(Thread.interrupted());
    }

    assertEquals(2, read("a.log").size());
  }

  @Test
  void nameCannotLeaveTheDirectory() throws IOException {
    Path inner = directory.resolve("inner");
    try (GuestLogFiles log = new GuestLogFiles(inner, CLOCK)) {
      for (String name : List.of("../up", "/root", "..", ".hidden", "a/b", "a\\b", "a\0b", "")) {
        log.line("1", name, "/a", "x", false);
      }
    }

    try (Stream<Path> found = Files.list(inner)) {
      assertEquals(8, found.filter(Files::isRegularFile).count());
    }
    assertEquals(List.of("inner"), names());
  }

  @Test
  void nameIsReadable() {
    assertEquals("hello-world_1.2.log", GuestLogFiles.fileName("hello-world_1.2"));
    assertEquals("%2e.%2fup.log", GuestLogFiles.fileName("../up"));
    assertEquals("my%20module.log", GuestLogFiles.fileName("my module"));
    assertEquals("%25.log", GuestLogFiles.fileName("%"));
    assertEquals(".log", GuestLogFiles.fileName(""));
  }

  @Test
  void longNamesStayApart() {
    String name = "n".repeat(300);

    assertTrue(GuestLogFiles.fileName(name).length() < 255);
    assertFalse(GuestLogFiles.fileName(name).equals(GuestLogFiles.fileName(name + "x")));
  }

  private static void write(GuestLogFiles log, int lines) {
    IntStream.range(0, lines).forEach(i -> log.line("1", "a", "/a", "line " + i, false));
  }

  private List<String> read(String name) throws IOException {
    return Files.readAllLines(directory.resolve(name));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> found = Files.list(directory)) {
      return found.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
