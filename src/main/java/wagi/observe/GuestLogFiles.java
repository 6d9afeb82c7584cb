package wagi.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import wagi.gateway.StderrListener;

/**
 * Puts guests' standard error into a file for each module, {@code <directory>/<module>.log}, in the
 * form that container runtimes use: {@code <time> stderr F <text>}, with P where more of the line
 * follows.
 */
public final class GuestLogFiles implements StderrListener, AutoCloseable {
  private static final GuestLogFile.Rotation ROTATION =
      new GuestLogFile.Rotation(10 * 1024 * 1024, 5);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnnX").withZone(ZoneOffset.UTC);

  private static final int MAX_NAME_LENGTH = 200;

  private final Path directory;
  private final InstantSource clock;
  private final GuestLogFile.Rotation rotation;
  private final Map<String, GuestLogFile> files = new ConcurrentHashMap<>();

  /**
   * Creates the directory if it is not there.
   *
   * @throws IOException when nothing can be written there
   */
  public GuestLogFiles(Path directory, InstantSource clock) throws IOException {
    this(directory, clock, ROTATION);
  }

  GuestLogFiles(Path directory, InstantSource clock, GuestLogFile.Rotation rotation)
      throws IOException {
    Files.createDirectories(directory);
    if (!Files.isWritable(directory)) {
      throw new IOException("log directory " + directory + " is not writable");
    }
    this.directory = directory;
    this.clock = clock;
    this.rotation = rotation;
  }

  /**
   * Returns the name of a module's file, which is in the directory whatever the module's name is:
   * bytes that not every file system takes, and a dot in front, are written as {@code %2f}.
   */
  static String fileName(String module) {
    StringBuilder name = new StringBuilder(module.length() + 4);
    for (byte b : module.getBytes(UTF_8)) {
      if (isPlain(b) && !(b == '.' && name.isEmpty())) {
        name.append((char) b);
      } else {
        name.append('%').append(HexFormat.of().toHexDigits(b));
      }
    }
    if (name.length() > MAX_NAME_LENGTH) {
      name.setLength(MAX_NAME_LENGTH);
      name.append('-').append(Integer.toHexString(module.hashCode()));
    }
    return name + ".log";
  }

  private static boolean isPlain(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '-'
        || b == '_'
        || b == '.';
  }

  @Override
  public void line(String requestId, String module, String route, String text, boolean cut) {
    Instant now = clock.instant();
    String mark = cut ? " stderr P " : " stderr F ";
    file(module).write(TIME.format(now) + mark + PrintableText.of(text) + "\n");
  }

  @Override
  public void close() {
    files.values().forEach(GuestLogFile::close);
  }

  private GuestLogFile file(String module) {
    return files.computeIfAbsent(
        module, name -> new GuestLogFile(directory.resolve(fileName(name)), rotation));
  }
}
