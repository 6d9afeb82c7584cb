package wagi.wasi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory {@code box} to preopen, and beside it {@code outside}, which no guest may reach.
 *
 * <p>Built once for a test class; guests cannot change it.
 */
final class Volume {
  private Volume() {}

  static Path create(Path parent) throws IOException, InterruptedException {
    Path outside = Files.createDirectories(parent.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret");
    Path box = Files.createDirectories(parent.resolve("box"));
    Files.writeString(box.resolve("hello.txt"), "hello, world");
    Files.createDirectories(box.resolve("releases/42"));
    Files.writeString(box.resolve("releases/42/page"), "42");
    Files.createDirectories(box.resolve("empty"));
    link(box, "current", "releases/42");
    link(box, "page", "current/page");
    link(box, "releases/up", "../hello.txt");
    link(box, "lnk", "../outside");
    link(box, "secretlink", "../outside/secret");
    link(box, "releases/far", "../../outside/secret");
    link(box, "abs", outside.toString());
    link(box, "insideabs", box.resolve("hello.txt").toString());
    link(box, "loop", "loop");
    link(box, "ping", "pong");
    link(box, "pong", "ping");
    link(box, "dangling", "nothing");
    link(box, "tofile", "hello.txt");
    Files.createDirectories(box.resolve("..2026_11"));
    Files.writeString(box.resolve("..2026_11/key"), "value");
    link(box, "..data", "..2026_11");
    link(box, "config", "..data/key");
    Process mkfifo = new ProcessBuilder("mkfifo", box.resolve("fifo").toString()).start();
    if (mkfifo.waitFor() != 0) {
      throw new IOException("mkfifo failed");
    }
    return box;
  }

  private static void link(Path box, String name, String target) throws IOException {
    Files.createSymbolicLink(box.resolve(name), Path.of(target));
  }
}
