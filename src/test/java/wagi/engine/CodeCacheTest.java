package wagi.engine;

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
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

final class CodeCacheTest {
  static final String A = "a0".repeat(32);
  static final String B = "b1".repeat(32);
  private static final String VARIANT = "1.0.0-0123456789abcdef-jdk25";
  private static final byte[] CODE = "class file".getBytes(UTF_8);

  private final RecordingLog log = RecordingLog.open();
  private final Path directory;
  private Path root;

  CodeCacheTest(@TempDir Path directory) {
    this.directory = directory;
    this.root = directory.resolve("not/yet/there");
  }

  @AfterEach
  void close() {
    log.close();
  }

  private CodeCache cache() {
    return CodeCache.in(root, VARIANT, 1 << 20);
  }

  private Path file(String sha256) {
    return root.resolve(VARIANT).resolve(sha256 + ".code");
  }

  @Test
  void whatWasPutIsThereAtTheNextStart() {
    cache().put(A, CODE);
    assertArrayEquals(CODE, cache().get(A));
    assertEquals(List.of(), log.warnings());
  }

  @Test
  void whatWasNotPutIsAMiss() {
    cache().put(A, CODE);
    assertNull(cache().get(B));
    assertEquals(List.of(), log.warnings());
  }

  @Test
  void laterPutReplacesTheFirst() {
    CodeCache cache = cache();
    cache.put(A, CODE);
    cache.put(A, new byte[] {7});
    assertArrayEquals(new byte[] {7}, cache.get(A));
  }

  @Test
  void anotherVariantIsAMiss() {
    cache().put(A, CODE);
    assertNull(CodeCache.in(root, "1.0.1-0123456789abcdef-jdk25", 1 << 20).get(A));
    assertArrayEquals(CODE, cache().get(A));
  }

  @Test
  void variantNamesEngineOptionsAndJdk() {
    String variant = CodeCache.variant("1.0.0", "options");
    int jdk = Runtime.version().feature();
    assertTrue(variant.matches("1\\.0\\.0-[0-9a-f]{16}-jdk" + jdk), variant);
    assertFalse(variant.equals(CodeCache.variant("1.0.0", "others")));
  }

  @Test
  void variantThatIsAPathIsRefused() {
    for (String variant : List.of("", "..", "a/b", ".a", "A", "a\0", "a".repeat(101))) {
      assertThrows(IllegalArgumentException.class, () -> CodeCache.in(root, variant, 100), variant);
    }
  }

  @Test
  void nameThatIsNoDigestIsRefused() {
    CodeCache cache = cache();
    for (String name : List.of("", "../" + A, A + "0", "A0".repeat(32))) {
      assertThrows(IllegalArgumentException.class, () -> cache.get(name), name);
      assertThrows(IllegalArgumentException.class, () -> cache.put(name, CODE), name);
    }
  }

  @Test
  void directoriesAndFilesAreForTheirOwnerOnly() throws IOException {
    cache().put(A, CODE);
    assertEquals("rwx------", mode(root));
    assertEquals("rwx------", mode(root.resolve(VARIANT)));
    assertEquals("rw-------", mode(root.resolve("key")));
    assertEquals("rw-------", mode(file(A)));
  }

  @Test
  void everyTamperedByteIsAMissAndDeletesTheEntry() throws IOException {
    CodeCache cache = cache();
    cache.put(A, CODE);
    byte[] sealed = Files.readAllBytes(file(A));
    for (int at = 0; at < sealed.length; at++) {
      byte[] tampered = sealed.clone();
      tampered[at] ^= 0x40;
      Files.write(file(A), tampered);
      assertNull(cache.get(A), "byte " + at);
      assertFalse(Files.exists(file(A)), "byte " + at);
    }
    assertEquals(sealed.length, log.warnings().size());
    assertTrue(log.warnings().getLast().contains("tampered with"), log.warnings().getLast());
  }

  @Test
  void entryTruncatedAnywhereIsAMissAndDeleted() throws IOException {
    CodeCache cache = cache();
    cache.put(A, CODE);
    byte[] sealed = Files.readAllBytes(file(A));
    for (int length = 0; length < sealed.length; length++) {
      Files.write(file(A), Arrays.copyOf(sealed, length));
      assertNull(cache.get(A), "length " + length);
      assertFalse(Files.exists(file(A)), "length " + length);
    }
    assertTrue(log.warnings().getFirst().contains("truncated"), log.warnings().getFirst());
  }

  @Test
  void entryUnderTheNameOfAnotherIsAMiss() throws IOException {
    CodeCache cache = cache();
    cache.put(A, CODE);
    cache.put(B, new byte[] {7});
    Files.move(file(A), file(B), StandardCopyOption.REPLACE_EXISTING);
    assertNull(cache.get(A));
    assertNull(cache.get(B));
  }

  @Test
  void entryOfAnotherVariantCopiedHereIsAMiss() throws IOException {
    String other = "1.0.1-0123456789abcdef-jdk25";
    CodeCache.in(root, other, 1 << 20).put(A, CODE);
    CodeCache cache = cache();
    Files.copy(root.resolve(other).resolve(A + ".code"), file(A));
    assertNull(cache.get(A));
  }

  @Test
  void entryOthersCanWriteToIsAMiss() throws IOException {
    CodeCache cache = cache();
    cache.put(A, CODE);
    chmod(file(A), "rw-rw----");
    assertNull(cache.get(A));
    assertTrue(log.warnings().getFirst().contains("has mode 0660"), log.warnings().getFirst());
  }

  @Test
  void entryThatIsALinkIsAMissAndItsTargetStays() throws IOException {
    CodeCache cache = cache();
    cache.put(A, CODE);
    Path elsewhere = directory.resolve("elsewhere");
    Files.move(file(A), elsewhere);
    Files.createSymbolicLink(file(A), elsewhere);
    assertNull(cache.get(A));
    assertTrue(Files.exists(elsewhere));
    assertTrue(log.warnings().getFirst().contains("symbolic link"), log.warnings().getFirst());
  }

  @Test
  void entryThatIsADirectoryIsAMissAndSaidOnce() throws IOException {
    CodeCache cache = cache();
    Files.createDirectories(file(A).resolve("full"));
    assertNull(cache.get(A));
    cache.put(A, CODE);
    assertNull(cache.get(A));
    assertTrue(log.warnings().get(1).contains("said once"), log.warnings().get(1));
    assertEquals(3, log.warnings().size());
  }

  @Test
  void keyOfAnotherMakesEveryEntryAMiss() throws IOException {
    cache().put(A, CODE);
    Files.write(root.resolve("key"), new byte[32]);
    assertNull(cache().get(A));
    assertTrue(log.warnings().getFirst().contains("another key"), log.warnings().getFirst());
  }

  @Test
  void damagedKeyIsReplacedAndEveryEntryIsAMiss() throws IOException {
    for (int length : new int[] {0, 31, 33}) {
      cache().put(A, CODE);
      Files.write(root.resolve("key"), new byte[length]);
      keyIsReplaced("key has " + length + " bytes");
    }
  }

  @Test
  void keyThatOthersCanReadIsReplaced() throws IOException {
    cache().put(A, CODE);
    chmod(root.resolve("key"), "rw-r-----");
    keyIsReplaced("key has mode 0640");
  }

  @Test
  void keyThatIsALinkIsReplaced() throws IOException {
    cache().put(A, CODE);
    Path elsewhere = directory.resolve("elsewhere");
    Files.move(root.resolve("key"), elsewhere);
    Files.createSymbolicLink(root.resolve("key"), elsewhere);
    keyIsReplaced("key is a symbolic link");
    assertTrue(Files.exists(elsewhere));
  }

  private void keyIsReplaced(String why) throws IOException {
    int before = log.warnings().size();
    CodeCache cache = cache();
    String said = log.warnings().get(before);
    assertTrue(said.contains("the key of the code cache cannot be used"), said);
    assertTrue(said.contains(why), said);
    assertNull(cache.get(A));
    cache.put(A, CODE);
    assertArrayEquals(CODE, cache().get(A));
    assertEquals("rw-------", mode(root.resolve("key")));
  }

  @Test
  void keyThatCannotBeReplacedTurnsTheCacheOff() throws IOException {
    Files.createDirectories(root.resolve("key/full"));
    off("DirectoryNotEmptyException");
  }

  @Test
  void directoryThatOthersCanWriteToTurnsTheCacheOff() throws IOException {
    Files.createDirectories(root);
    for (String mode : List.of("rwxrwx---", "rwx----w-")) {
      chmod(root, mode);
      off("expected none of the bits of 0022");
    }
    chmod(root, "rwxr-xr-x");
    CodeCache cache = cache();
    cache.put(A, CODE);
    assertNotNull(cache.get(A));
  }

  @Test
  void variantDirectoryThatOthersCanWriteToTurnsTheCacheOff() throws IOException {
    cache().put(A, CODE);
    chmod(root.resolve(VARIANT), "rwxrwxrwx");
    off("has mode 0777");
  }

  @Test
  void symbolicLinkTurnsTheCacheOff() throws IOException {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Files.createDirectories(root.getParent());
    Files.createSymbolicLink(root, elsewhere);
    off("is a symbolic link, expected a directory");
    try (var files = Files.list(elsewhere)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void symbolicLinkAsVariantDirectoryTurnsTheCacheOff() throws IOException {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Files.createDirectories(root);
    Files.createSymbolicLink(root.resolve(VARIANT), elsewhere);
    off("is a symbolic link, expected a directory");
  }

  @Test
  void directoryThatCannotBeMadeTurnsTheCacheOff() throws IOException {
    Files.createDirectories(root.getParent());
    Files.createFile(root);
    off("is a regular file, expected a directory");
    root = root.resolve("below");
    off("FileSystemException");
  }

  private void off(String why) {
    int before = log.warnings().size();
    CodeCache cache = cache();
    cache.put(A, CODE);
    assertNull(cache.get(A));
    assertEquals(before + 1, log.warnings().size(), () -> log.warnings().toString());
    String said = log.warnings().getLast();
    assertTrue(said.startsWith("code cache off: "), said);
    assertTrue(said.contains(why), said);
  }

  @Test
  void directoryThatCanNoLongerBeWrittenIsSaidOnceAndStaysAMiss() throws IOException {
    CodeCache cache = cache();
    Files.delete(root.resolve(VARIANT));
    Files.createFile(root.resolve(VARIANT));
    cache.put(A, CODE);
    cache.put(B, CODE);
    assertNull(cache.get(A));
    assertEquals(1, log.warnings().size(), () -> log.warnings().toString());
    assertTrue(log.warnings().getFirst().contains("cannot be written"));
  }

  @Test
  void variantDirectoryThatVanishedIsMadeAgain() throws IOException {
    CodeCache cache = cache();
    Files.delete(root.resolve(VARIANT));
    assertNull(cache.get(A));
    cache.put(A, CODE);
    assertArrayEquals(CODE, cache.get(A));
    assertEquals(List.of(), log.warnings());
  }

  @Test
  void filesOfAnotherUserAreRefused() throws IOException {
    cache().put(A, CODE);
    int owner = (Integer) Files.getAttribute(root, "unix:uid");
    PrivateFiles others = new PrivateFiles(owner + 1);
    String expected = "belongs to user " + owner + ", expected " + (owner + 1);
    for (Path path : List.of(root, root.resolve(VARIANT))) {
      refused(expected, () -> others.directory(path));
    }
    refused(expected, () -> others.read(file(A), 0, 1000));
  }

  private static void refused(String expected, Executable read) {
    String said = String.valueOf(assertThrows(UntrustedFileException.class, read).getMessage());
    assertTrue(said.contains(expected), said);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void chmod(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }
}
