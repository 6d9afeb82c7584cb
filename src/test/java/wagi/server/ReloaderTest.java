package wagi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wagi.config.ConfigException;
import wagi.config.ConfigSources;

/** What makes a server reload, and what it says of it. */
final class ReloaderTest {
  private final Path folder;

  ReloaderTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    LiveServer.version(folder, 1);
  }

  private static void awaitVersion(LiveServer server, int version) {
    Await.until(
        "version " + version + " is served", () -> VersionedGuest.version(body(server)) == version);
  }

  private static String body(LiveServer server) {
    try {
      return server.body("/version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void editedMapIsNoticed() throws Exception {
    try (LiveServer server = LiveServer.of(folder);
        Reloader reloader = server.reloader(Reloader.Watching.ALL)) {
      reloader.start();
      LiveServer.version(folder, 2);
      awaitVersion(server, 2);
      // in place, as some editors do
      LiveServer.write(folder.resolve("v3.wat"), VersionedGuest.text(3));
      String map = Files.readString(folder.resolve("modules.toml"));
      Files.writeString(
          folder.resolve("modules.toml"), map.replace("v2", "v3").replace("\"2\"", "\"3\""));
      awaitVersion(server, 3);
    }
  }

  @Test
  void moduleAndEnvironmentFileAreNoticed() throws Exception {
    Files.writeString(folder.resolve("version.env"), "VERSION=1\n");
    LiveServer.write(
        folder.resolve("modules.toml"),
        """
        [[module]]
        route = "/version"
        module = "v1.wat"
        environment_files = ["version.env"]
        """);
    try (LiveServer server = LiveServer.of(folder);
        Reloader reloader = server.reloader(Reloader.Watching.ALL)) {
      reloader.start();
      LiveServer.write(folder.resolve("v1.wat"), VersionedGuest.text(22));
      Await.until("the module is read anew", () -> body(server).contains("CODE=000022;"));
      LiveServer.write(folder.resolve("version.env"), "VERSION=22\n");
      awaitVersion(server, 22);
    }
  }

  /**
   * A ConfigMap is a directory of links to {@code ..data/name}, where {@code ..data} is swapped.
   */
  @Test
  void swappedLinkOfAConfigMapIsNoticed() throws Exception {
    Path mount = Files.createDirectory(folder.resolve("conf.d"));
    configMap(mount, "..2026_01", "/version", 1);
    Files.createSymbolicLink(mount.resolve("a.toml"), Path.of("..data/a.toml"));
    try (LiveServer server = LiveServer.ofConfDir(folder);
        Reloader reloader = server.reloader(Reloader.Watching.FRAGMENTS)) {
      assertEquals(1, VersionedGuest.version(body(server)));
      reloader.start();
      LiveServer.version(folder, 2);
      configMap(mount, "..2026_02", "/version", 2);
      awaitVersion(server, 2);
    }
  }

  private static void configMap(Path mount, String name, String route, int version)
      throws IOException {
    Path data = Files.createDirectory(mount.resolve(name));
    Path module = mount.resolveSibling("v" + version + ".wat");
    Files.writeString(
        data.resolve("a.toml"),
        """
        [[module]]
        route = "%s"
        module = "%s"
        environment = { VERSION = "%d" }
        """
            .formatted(route, module, version));
    Path link = Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of(name));
    Files.move(
        link,
        mount.resolve("..data"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void mendedFileIsNoticedAfterABadOne() throws Exception {
    Path missing = folder.resolve("later.wat");
    try (LiveServer server = LiveServer.of(folder);
        Reloader reloader = server.reloader(Reloader.Watching.ALL)) {
      reloader.start();
      LiveServer.write(
          folder.resolve("modules.toml"),
          """
          [[module]]
          route = "/version"
          module = "later.wat"
          environment = { VERSION = "4" }
          """);
      Await.until("the bad one was tried", () -> server.heard().contains("reloading"));
      assertEquals(1, VersionedGuest.version(body(server)));
      LiveServer.write(missing, VersionedGuest.text(4));
      awaitVersion(server, 4);
    }
  }

  @Test
  void withoutWatchingItReloadsWhenAskedAlone() throws Exception {
    ServerLog log = new ServerLog();
    try (LiveServer server = log.of(() -> server(folder));
        Reloader reloader = server.reloader(Reloader.Watching.FRAGMENTS)) {
      reloader.start();
      LiveServer.write(
          folder.resolve("modules.toml"),
          "[server]\nthreads = 7\n[[module]]\nroute = \"x\"\nmodule = \"none\"\n");
      reloader.request();
      Await.until("it is told", () -> log.count("none\"; looked for") == 1);
      assertEquals(
          1, log.count("ERROR wagi.server: reload: 2 problems; what they concern"), log.text());
      assertEquals(1, VersionedGuest.version(body(server)));
      LiveServer.version(folder, 2);
      Path map = folder.resolve("modules.toml");
      LiveServer.write(map, "[server]\nthreads = 7\n" + Files.readString(map));
      reloader.request();
      awaitVersion(server, 2);
      Await.until("it is told", () -> log.count("reloaded: [versioned]") == 1);
      assertEquals(
          1, log.count("server.threads: what changed there counts when the server starts again"));
      assertTrue(server.heard().getLast().startsWith("reloaded"));
    }
  }

  private static LiveServer server(Path folder) {
    try {
      return LiveServer.of(folder, ConfigSources.in(folder).withConfig(Path.of("modules.toml")));
    } catch (ConfigException | IOException e) {
      throw new AssertionError(e);
    }
  }
}
