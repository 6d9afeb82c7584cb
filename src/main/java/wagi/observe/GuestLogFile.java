package wagi.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One module's log file; {@code hello.log.1} is its youngest predecessor. */
final class GuestLogFile implements AutoCloseable {
  /**
   * @param maxBytes how large a file may become before the next one is begun
   * @param kept how many full files stay beside the current one
   */
  record Rotation(long maxBytes, int kept) {}

  private static final Logger log = LoggerFactory.getLogger("wagi.observe");

  private final File file;
  private final Rotation rotation;

  /** Guarded by this, with the fields below; null until something is written. */
  private @Nullable OutputStream out;

  private long size;
  private boolean failing;

  GuestLogFile(Path file, Rotation rotation) {
    this.file = file.toFile();
    this.rotation = rotation;
  }

  /** Appends the line. If that fails the line is lost and the first of its kind warned of. */
  synchronized void write(String line) {
    byte[] bytes = line.getBytes(UTF_8);
    try {
      OutputStream target = target(bytes.length);
      target.write(bytes);
      size += bytes.length;
      failing = false;
    } catch (IOException e) {
      warnOnce(e);
      close();
    }
  }

  @Override
  public synchronized void close() {
    if (out == null) {
      return;
    }
    try {
      out.close();
    } catch (IOException e) {
      warnOnce(e);
    }
    out = null;
  }

  private OutputStream target(int next) throws IOException {
    if (out == null) {
      out = open();
    }
    if (size > 0 && size + next > rotation.maxBytes()) {
      close();
      rotate();
      out = open();
    }
    return out;
  }

  /** Not a channel: an interrupt, which ends guests, would close it. */
  private OutputStream open() throws IOException {
    OutputStream opened = new FileOutputStream(file, true);
    size = file.length();
    return opened;
  }

  private void rotate() throws IOException {
    for (int age = rotation.kept(); age > 0; age--) {
      Path younger = age == 1 ? file.toPath() : aged(age - 1);
      if (Files.exists(younger)) {
        Files.move(younger, aged(age), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private Path aged(int age) {
    return Path.of(file + "." + age);
  }

  private void warnOnce(IOException e) {
    if (!failing) {
      failing = true;
      log.warn("guest log {}: cannot write, lines are lost: {}", file, e.toString());
    }
  }
}
