package wagi.engine;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a cache below its size. Only files and directories named as the cache names them are
 * counted and deleted, so a root that somebody shares with other things loses none of them.
 */
final class CodeStoreSpace {
  static final String SUFFIX = ".code";

  private static final Pattern ENTRY = Pattern.compile("[0-9a-f]{64}\\.code");
  private static final Pattern TEMPORARY =
      Pattern.compile("([0-9a-f]{64}\\.code|key)\\.[0-9a-f]{1,16}\\.tmp");

  private static final Pattern VARIANT = Pattern.compile(".+-[0-9a-f]{16}-jdk[0-9]+");

  /** A younger one may be one that another process is about to write to. */
  private static final Duration LEFT_OVER_AFTER = Duration.ofMinutes(10);

  private final Path root;
  private final Path current;
  private final long maxBytes;
  private final Instant opened = Instant.now();

  private record Entry(Path directory, Path path, long bytes, Instant used) {}

  CodeStoreSpace(Path root, Path current, long maxBytes) {
    this.root = root;
    this.current = current;
    this.maxBytes = maxBytes;
  }

  /**
   * Deletes what crashes left, then entries until the rest fits: first those of variants that
   * nobody has used since this cache was opened, then the longest unused.
   *
   * @param kept never deleted
   */
  void sweep(@Nullable Path kept) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Path path : children(root)) {
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        entries.addAll(entries(path));
        deleteEmptyVariant(path);
      } else {
        deleteLeftOver(path);
      }
    }
    evict(entries, kept);
  }

  private static List<Entry> entries(Path directory) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Path path : children(directory)) {
      deleteLeftOver(path);
      BasicFileAttributes attributes = attributes(path);
      if (attributes != null && ENTRY.matcher(name(path)).matches()) {
        Instant used = attributes.lastModifiedTime().toInstant();
        entries.add(new Entry(directory, path, attributes.size(), used));
      }
    }
    return entries;
  }

  private void evict(List<Entry> entries, @Nullable Path kept) throws IOException {
    long bytes = entries.stream().mapToLong(Entry::bytes).sum();
    if (bytes <= maxBytes) {
      return;
    }
    Set<Path> live = live(entries);
    entries.sort(
        Comparator.comparing((Entry entry) -> live.contains(entry.directory()))
            .thenComparing(Entry::used)
            .thenComparing(Entry::path));
    for (Entry entry : entries) {
      if (bytes > maxBytes && !entry.path().equals(kept)) {
        Files.deleteIfExists(entry.path());
        bytes -= entry.bytes();
      }
    }
  }

  private Set<Path> live(List<Entry> entries) {
    Set<Path> live = new HashSet<>(Set.of(current));
    for (Entry entry : entries) {
      if (!entry.used().isBefore(opened)) {
        live.add(entry.directory());
      }
    }
    return live;
  }

  private static void deleteLeftOver(Path path) throws IOException {
    if (!TEMPORARY.matcher(name(path)).matches()) {
      return;
    }
    BasicFileAttributes attributes = attributes(path);
    if (attributes != null && !isYoung(attributes.lastModifiedTime().toInstant())) {
      Files.deleteIfExists(path);
    }
  }

  private static boolean isYoung(Instant written) {
    return Duration.between(written, Instant.now()).abs().compareTo(LEFT_OVER_AFTER) < 0;
  }

  private void deleteEmptyVariant(Path directory) throws IOException {
    if (directory.equals(current) || !VARIANT.matcher(name(directory)).matches()) {
      return;
    }
    BasicFileAttributes attributes = attributes(directory);
    if (attributes == null || isYoung(attributes.lastModifiedTime().toInstant())) {
      return;
    }
    try {
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException e) {
      // the usual case: a variant with entries
    }
  }

  private static List<Path> children(Path directory) throws IOException {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(children::add);
    } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return children;
  }

  private static @Nullable BasicFileAttributes attributes(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
