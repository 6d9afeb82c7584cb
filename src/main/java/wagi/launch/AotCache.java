package wagi.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.security.auth.module.UnixSystem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Where the JVM finds the server's classes loaded and linked, with what it learned of their methods
 * (JEP 483, 514, 515). A server starts without it too; the JVM ignores one that does not fit.
 *
 * @param made whether a server makes the file when it is missing
 */
record AotCache(Path file, boolean made) {
  /** {@code off}, or a file that is used if it is there. */
  static final String VARIABLE = "WAGI_AOT_CACHE";

  /** Names the file that a server is to make. */
  static final String TO_MAKE = "wagi.aot";

  /** Names the file that a server is to make again when its JVM could not use it. */
  static final String GIVEN = "wagi.aot.given";

  static final String SUFFIX = ".aot";
  static final String WORK_PREFIX = "making-";

  /**
   * The JVM ends when one of the first kind stands beside its cache, and ignores the cache when one
   * of the second does, and with it the JDK's own.
   */
  private static final Pattern CONFLICTING =
      Pattern.compile(
          ".*(AOT|SharedArchive|SharedClassList|DumpLoadedClassList|ArchiveClassesAtExit).*|-Xshare.*"
              + "|-(agent|javaagent|Xrun|Xbootclasspath).*|--(add|patch|limit|upgrade)-.*"
              + "|-XX:[+-]Use(Z|Shenandoah|Epsilon)GC|-XX:[+-]UseComp.*",
          Pattern.DOTALL);

  private static final int WRITE_BY_OTHERS = 0022;
  private static final int ROOT = 0;

  /** Empty where the user wants none, or where there is no place for it. */
  static Optional<AotCache> of(
      Map<String, String> environment, Path userHome, Jvm jvm, String classPath) {
    String chosen = environment.getOrDefault(VARIABLE, "");
    if (chosen.equals("off") || classPath.contains(File.pathSeparator)) {
      return Optional.empty();
    }
    try {
      if (!chosen.isEmpty()) {
        return Optional.of(new AotCache(Path.of(chosen).toAbsolutePath(), false));
      }
      String name = name(jvm, Path.of(classPath).toRealPath());
      return directory(environment, userHome)
          .map(directory -> new AotCache(directory.resolve(name), true));
    } catch (InvalidPathException | IOException e) {
      return Optional.empty();
    }
  }

  /** As {@code wagi.config.CacheDirectory} has it, which an older JVM cannot load. */
  private static Optional<Path> directory(Map<String, String> environment, Path userHome) {
    String unit = environment.getOrDefault("CACHE_DIRECTORY", "").replaceFirst(":.*", "");
    String user = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path directory;
    if (Path.of(unit).isAbsolute()) {
      directory = Path.of(unit);
    } else if (Path.of(user).isAbsolute()) {
      directory = Path.of(user, "wagi-server");
    } else {
      directory = userHome.resolve(".cache/wagi-server");
    }
    return directory.isAbsolute() ? Optional.of(directory.resolve("aot")) : Optional.empty();
  }

  /** Another JVM, or another jar, has another name. */
  private static String name(Jvm jvm, Path jar) throws IOException {
    Path classes = jvm.home().resolve("lib/modules");
    CRC32 crc = new CRC32();
    crc.update((stamp(classes) + stamp(jar)).getBytes(UTF_8));
    return "jdk" + jvm.version().feature() + "-" + Long.toHexString(crc.getValue()) + SUFFIX;
  }

  private static String stamp(Path file) throws IOException {
    return file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file) + "\n";
  }

  /**
   * One flipped bit would crash the JVM, so let it check: some 10 ms. It has much to say of a cache
   * that it cannot use.
   */
  static List<String> use(Path file) {
    return List.of("-XX:AOTCache=" + file, "-XX:+VerifySharedSpaces", "-Xlog:aot*=off");
  }

  /** What the JVM is told: to use the file, or else to make it. */
  List<String> options(List<String> ofTheUser) {
    if (ofTheUser.stream().anyMatch(option -> CONFLICTING.matcher(option).matches())) {
      return List.of();
    }
    if (usable()) {
      List<String> use = new ArrayList<>(use(file));
      if (made) {
        use.add("-D" + GIVEN + "=" + file);
      }
      return use;
    }
    return made ? List.of("-D" + TO_MAKE + "=" + file) : List.of();
  }

  /**
   * Whether this JVM, which was given a cache, goes without. It says so in what {@code java
   * -version} prints of it, and then it does not even use the JDK's own.
   */
  static boolean isIgnored() {
    return !System.getProperty("java.vm.info", "").contains("sharing");
  }

  private boolean usable() {
    try {
      Path directory = file.getParent();
      return directory != null && trusted(directory) && Files.isRegularFile(file) && trusted(file);
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether only this user and root can have written it; a link is not followed. */
  static boolean trusted(Path path) throws IOException {
    try {
      int owner = (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      boolean ours = owner == ROOT || owner == (int) new UnixSystem().getUid();
      return ours && (mode & WRITE_BY_OTHERS) == 0 && !Files.isSymbolicLink(path);
    } catch (UnsupportedOperationException e) {
      return false;
    }
  }
}
