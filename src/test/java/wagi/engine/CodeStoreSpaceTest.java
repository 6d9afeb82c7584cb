package wagi.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CodeStoreSpaceTest {
  private static final String NOW = "now";
  private static final String OLD = "old";

  /** Of an entry with {@link #code}. */
  private static final int BYTES = 100;

  private final RecordingLog log = RecordingLog.open();
  private final Path root;

  CodeStoreSpaceTest(@TempDir Path root) {
    this.root = root;
  }

  @AfterEach
  void close() {
    log.close();
  }

  private static String name(int n) {
    return HexFormat.of().toHexDigits((byte) n).repeat(32);
  }

  private static byte[] code(int n) {
    byte[] code = new byte[BYTES - CodeSeal.HEADER_BYTES];
    Arrays.fill(code, (byte) n);
    return code;
  }

  private Path file(String variant, int n) {
    return root.resolve(variant).resolve(name(n) + ".code");
  }

  private void used(String variant, int n, Duration ago) throws IOException {
    Files.setLastModifiedTime(file(variant, n), FileTime.from(Instant.now().minus(ago)));
  }

  /** The entries there are, as variant and number. */
  private Set<String> entries() throws IOException {
    try (var files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".code"))
          .map(
              file ->
                  root.relativize(file).getParent()
                      + " "
                      + Integer.parseInt(file.getFileName().toString().substring(0, 2), 16))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void entriesThatFitStay() throws IOException {
    CodeCache cache = CodeCache.in(root, NOW, 3 * BYTES);
    for (int n = 1; n <= 3; n++) {
      cache.put(name(n), code(n));
    }
    assertEquals(Set.of("now 1", "now 2", "now 3"), entries());
  }

  @Test
  void longestUnusedGoesFirst() throws IOException {
    CodeCache cache = CodeCache.in(root, NOW, 3 * BYTES);
    for (int n = 1; n <= 3; n++) {
      cache.put(name(n), code(n));
      used(NOW, n, Duration.ofHours(10 - n));
    }
    assertNotNull(cache.get(name(1)));
    cache.put(name(4), code(4));
    assertEquals(Set.of("now 1", "now 3", "now 4"), entries());
  }

  @Test
  void variantsNobodyUsesGoBeforeTheCurrent() throws IOException {
    CodeCache old = CodeCache.in(root, OLD, 3 * BYTES);
    old.put(name(1), code(1));
    used(OLD, 1, Duration.ofHours(1));
    CodeCache.in(root, NOW, 3 * BYTES).put(name(2), code(2));
    used(NOW, 2, Duration.ofHours(5));
    CodeCache cache = CodeCache.in(root, NOW, 3 * BYTES);
    cache.put(name(3), code(3));
    cache.put(name(4), code(4));
    assertEquals(Set.of("now 2", "now 3", "now 4"), entries());
    old.put(name(1), code(1));
    assertArrayEquals(code(1), old.get(name(1)));
    assertEquals(List.of(), log.warnings());
  }

  @Test
  void variantInUseIsTreatedAsTheCurrent() throws IOException {
    CodeCache cache = CodeCache.in(root, NOW, 3 * BYTES);
    CodeCache other = CodeCache.in(root, OLD, 3 * BYTES);
    other.put(name(1), code(1));
    used(OLD, 1, Duration.ofHours(-1));
    cache.put(name(2), code(2));
    used(NOW, 2, Duration.ofHours(1));
    cache.put(name(3), code(3));
    cache.put(name(4), code(4));
    assertEquals(Set.of("old 1", "now 3", "now 4"), entries());
  }

  @Test
  void emptyDirectoriesOfOtherVariantsGoAtStart() throws IOException {
    Path other = leftover(Files.createDirectory(root.resolve("1.0-0123456789abcdef-jdk24")));
    Path young = Files.createDirectory(root.resolve("1.1-0123456789abcdef-jdk24"));
    Path strange = leftover(Files.createDirectory(root.resolve("photos")));
    CodeCache.in(root, NOW, 1000);
    assertFalse(Files.exists(other));
    assertTrue(Files.exists(young));
    assertTrue(Files.exists(strange));
  }

  @Test
  void smallerBoundHoldsFromTheStart() throws IOException {
    CodeCache cache = CodeCache.in(root, NOW, 10 * BYTES);
    for (int n = 1; n <= 5; n++) {
      cache.put(name(n), code(n));
      used(NOW, n, Duration.ofHours(10 - n));
    }
    CodeCache.in(root, NOW, 2 * BYTES);
    assertEquals(Set.of("now 4", "now 5"), entries());
  }

  @Test
  void entryLargerThanTheCacheIsNotKept() throws IOException {
    CodeCache.in(root, NOW, BYTES).put(name(1), code(1));
    CodeCache.in(root, NOW, BYTES - 1).put(name(2), code(2));
    CodeCache.in(root, NOW, 0).put(name(2), new byte[0]);
    assertEquals(Set.of(), entries());
    assertEquals(List.of(), log.warnings());
  }

  @Test
  void entryThatGrewBeyondTheBoundIsNotRead() throws IOException {
    CodeCache cache = CodeCache.in(root, NOW, 2 * BYTES);
    cache.put(name(1), code(1));
    Files.write(file(NOW, 1), new byte[2 * BYTES + 1]);
    assertNull(cache.get(name(1)));
    assertTrue(log.warnings().getFirst().contains("201 bytes, expected at most 200"));
  }

  @Test
  void leftoversOfACrashAreDeletedAtStart() throws IOException {
    CodeCache.in(root, NOW, 1000).put(name(1), code(1));
    Path entry = leftover(root.resolve(NOW).resolve(name(1) + ".code.0123abc.tmp"));
    Path key = leftover(root.resolve("key.0123456789abcdef.tmp"));
    Path other =
        leftover(Files.createDirectory(root.resolve(OLD)).resolve(name(1) + ".code.1.tmp"));
    CodeCache.in(root, NOW, 1000);
    assertFalse(Files.exists(entry));
    assertFalse(Files.exists(key));
    assertFalse(Files.exists(other));
    assertEquals(Set.of("now 1"), entries());
  }

  /** Another process may be writing it. */
  @Test
  void youngTemporaryFileStays() throws IOException {
    Path young = Files.createDirectory(root.resolve(NOW)).resolve(name(1) + ".code.1.tmp");
    Files.createFile(young);
    CodeCache.in(root, NOW, 1000);
    assertTrue(Files.exists(young));
  }

  @Test
  void filesTheCacheDidNotNameAreNeverDeleted() throws IOException {
    Path strange = Files.createDirectories(root.resolve("photos")).resolve("cat.jpg");
    leftover(Files.write(strange, new byte[5 * BYTES]));
    Path temporary = leftover(root.resolve("mine.tmp"));
    CodeCache cache = CodeCache.in(root, NOW, BYTES);
    cache.put(name(1), code(1));
    cache.put(name(2), code(2));
    assertTrue(Files.exists(strange));
    assertTrue(Files.exists(temporary));
    assertEquals(Set.of("now 2"), entries());
  }

  private static Path leftover(Path path) throws IOException {
    if (!Files.exists(path)) {
      Files.createFile(path);
    }
    return Files.setLastModifiedTime(
        path, FileTime.from(Instant.now().minus(Duration.ofMinutes(11))));
  }

  @Test
  void cachesOpenedAtOnceAgreeOnTheKey() throws Exception {
    List<CodeCache> caches = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      CyclicBarrier start = new CyclicBarrier(8);
      List<Future<CodeCache>> opened = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        opened.add(
            threads.submit(
                () -> {
                  start.await();
                  return CodeCache.in(root, NOW, 1000);
                }));
      }
      for (Future<CodeCache> cache : opened) {
        caches.add(cache.get());
      }
    }
    caches.getFirst().put(name(1), code(1));
    for (CodeCache cache : caches) {
      assertArrayEquals(code(1), cache.get(name(1)));
    }
    assertEquals(List.of(), log.warnings());
  }

  /** The bound makes them evict each other's entries all the time. */
  @Test
  void cachesRacingOnOneDirectoryGiveTheRightCodeOrNone() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Integer>> hits = new ArrayList<>();
      for (String variant : List.of(NOW, NOW, OLD, OLD)) {
        CodeCache cache = CodeCache.in(root, variant, 4 * BYTES);
        hits.add(threads.submit(() -> hits(cache)));
      }
      int sum = 0;
      for (Future<Integer> hit : hits) {
        sum += hit.get();
      }
      assertTrue(sum > 0);
    }
    assertEquals(List.of(), log.warnings());
    CodeCache.in(root, NOW, 4 * BYTES);
    assertTrue(entries().size() <= 4);
  }

  private static int hits(CodeCache cache) {
    int hits = 0;
    for (int round = 0; round < 150; round++) {
      int n = round % 6;
      cache.put(name(n), code(n));
      for (int other = 0; other < 6; other++) {
        byte[] code = cache.get(name(other));
        if (code != null) {
          assertArrayEquals(code(other), code);
          hits++;
        }
      }
    }
    return hits;
  }
}
