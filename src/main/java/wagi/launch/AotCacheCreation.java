package wagi.launch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes an {@link AotCache}, in processes of their own: one compiles the modules, so that the next
 * finds their code; one is the {@link TrainingRun} that the JVM records; one makes the cache of the
 * record.
 */
public final class AotCacheCreation {
  private static final int WRONG_USAGE = 2;

  private final JvmCommand jvm;
  private final Path target;

  AotCacheCreation(Jvm jvm, Path jar, Path target) {
    List<String> flags = JvmFlags.ofThisMachine().of(jvm, List.of());
    this.jvm = new JvmCommand(jvm, flags, jar.toAbsolutePath().toString());
    this.target = target.toAbsolutePath();
  }

  /** For packages and images: makes the named file. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length != 1) {
      System.err.println("wagi-server: expected the one file to make, found " + List.of(arguments));
      System.exit(WRONG_USAGE);
    }
    try {
      Jvm jvm = JvmSearch.ofThisMachine().find();
      new AotCacheCreation(jvm, jar(), Path.of(arguments[0])).create();
    } catch (NoFittingJvmException e) {
      System.err.println("wagi-server: " + e.getMessage());
      System.exit(Launcher.NO_FITTING_JVM);
    }
  }

  /** The jar this process runs. */
  static Path jar() {
    return Path.of(System.getProperty("java.class.path"));
  }

  /** Whoever looks for the file finds none or a whole one. */
  void create() throws IOException, InterruptedException {
    Path directory = target.getParent();
    if (directory == null) {
      throw new IOException(target + " is no file");
    }
    Path work = Files.createTempDirectory(directory, AotCache.WORK_PREFIX);
    try {
      create(work);
    } finally {
      delete(work);
    }
  }

  /** Whether a JVM that is started as a server's is, and may not go without the cache, takes it. */
  boolean isUsable() throws IOException, InterruptedException {
    Path work = Files.createTempDirectory(AotCache.WORK_PREFIX);
    try {
      List<String> options = new ArrayList<>(AotCache.use(target));
      options.add("-XX:AOTMode=on");
      List<String> version = jvm.starting(options, Launcher.class, List.of("--version"));
      return new CreationStep(work).succeeds(version);
    } finally {
      delete(work);
    }
  }

  private void create(Path work) throws IOException, InterruptedException {
    String config = TrainingRun.prepare(work).toString();
    Path record = work.resolve("record");
    Path cache = work.resolve("cache");
    CreationStep step = new CreationStep(work);
    step.run(jvm.starting(List.of(), Launcher.class, List.of("check", "--config", config)));
    List<String> recording = List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + record);
    step.run(jvm.starting(recording, TrainingRun.class, List.of(config)));
    List<String> making =
        List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + record, "-XX:AOTCache=" + cache);
    step.run(jvm.starting(making, TrainingRun.class, List.of()));
    // Whatever the umask: a cache that others may write to is not trusted.
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rw-r--r--"));
    try (FileChannel channel = FileChannel.open(cache, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(cache, target, StandardCopyOption.ATOMIC_MOVE);
  }

  static void delete(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
        for (Path entry : entries) {
          delete(entry);
        }
      }
    }
    Files.deleteIfExists(path);
  }
}
