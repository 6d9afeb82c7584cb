package wagi.launch;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes the {@link AotCache} that a server lacks, beside the running server and once. */
final class FirstStart {
  private interface Making {
    void make(FirstStart start) throws IOException, InterruptedException;
  }

  private interface Condition {
    boolean holds(AotCacheCreation creation) throws IOException, InterruptedException;
  }

  /** By then it is a server, and not a command that ends soon, and it is past its own start. */
  private static final long DELAY_MILLIS = 10_000;

  /** The processes take a third of it; in a tight container they could end the server's life. */
  private static final long FREE_MEMORY_BYTES = 1L << 30;

  /** Of other JVMs and other versions of the server. */
  private static final int OTHERS_KEPT = 2;

  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path jar;
  private final Path target;

  FirstStart(Path jar, Path target) {
    this.jar = jar;
    this.target = target;
  }

  static void makeLater(Path target) {
    later(target, FirstStart::makeOnce);
  }

  /** For a server whose JVM did not take the cache that it was given. */
  static void remakeLater(Path target) {
    later(target, FirstStart::remakeDamaged);
  }

  private static void later(Path target, Making making) {
    FirstStart start = new FirstStart(AotCacheCreation.jar(), target);
    Thread thread = new Thread(() -> start.make(making), "aot-cache");
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((t, e) -> log(e));
    thread.start();
  }

  /** What goes wrong leaves the server as fast as it was going to be; the next one tries again. */
  private void make(Making making) {
    try {
      Thread.sleep(DELAY_MILLIS);
      var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      if (system.getFreeMemorySize() >= FREE_MEMORY_BYTES) {
        making.make(this);
      }
    } catch (IOException | InterruptedException | UnsupportedOperationException e) {
      log(e);
    }
  }

  private static void log(Throwable failure) {
    System.getLogger("wagi.launch").log(System.Logger.Level.DEBUG, "no cache of classes", failure);
  }

  /** Of several servers that start for the first time one does it. */
  void makeOnce() throws IOException, InterruptedException {
    makeUnless(creation -> Files.exists(target));
  }

  /**
   * Makes a cache anew that no JVM takes. One that is only at odds with this server's own options
   * stays, or it would be made at every start; so does one that another server has made meanwhile.
   */
  void remakeDamaged() throws IOException, InterruptedException {
    makeUnless(AotCacheCreation::isUsable);
  }

  private void makeUnless(Condition present) throws IOException, InterruptedException {
    Path directory = target.getParent();
    if (directory == null) {
      return;
    }
    Files.createDirectories(directory, PRIVATE);
    if (!AotCache.trusted(directory)) {
      return;
    }
    try (FileChannel channel =
            FileChannel.open(
                directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      AotCacheCreation creation = new AotCacheCreation(Jvm.running(), jar, target);
      if (lock != null && !present.holds(creation)) {
        tidy(directory);
        creation.create();
      }
    }
  }

  /** Removes what broken-off creations left, and all but the newest caches; we hold the lock. */
  private static void tidy(Path directory) throws IOException {
    List<Path> caches = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (name.startsWith(AotCache.WORK_PREFIX)) {
          AotCacheCreation.delete(entry);
        } else if (name.endsWith(AotCache.SUFFIX)) {
          caches.add(entry);
        }
      }
    }
    caches.sort(Comparator.comparing((Path path) -> path.toFile().lastModified()).reversed());
    for (Path old : caches.subList(Math.min(OTHERS_KEPT, caches.size()), caches.size())) {
      Files.delete(old);
    }
  }
}
