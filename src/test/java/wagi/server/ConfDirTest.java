package wagi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wagi.config.ConfigSources;

/** Each file of {@code --conf-dir} stands alone. */
final class ConfDirTest {
  private final Path folder;

  ConfDirTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectory(folder.resolve("conf.d"));
    LiveServer.write(folder.resolve("guest.wat"), VersionedGuest.text(1));
    fragment("a.toml", "/a", "1");
    fragment("b.toml", "/b", "1");
  }

  private Path file(String name) {
    return folder.resolve("conf.d").resolve(name);
  }

  private void fragment(String name, String route, String version) throws IOException {
    fragment(name, "", route, version);
  }

  private void fragment(String name, String first, String route, String version)
      throws IOException {
    LiveServer.write(
        file(name),
        first
            + "[[module]]\nroute = \""
            + route
            + "\"\nmodule = \"../guest.wat\"\nenvironment = { IS = \""
            + version
            + "\" }\n");
  }

  @Test
  void badFileKeepsItsLastGoodVersionAndTheOthersChange() throws Exception {
    try (LiveServer server = LiveServer.ofConfDir(folder)) {
      LiveServer.write(file("a.toml"), "[[module]\n");
      fragment("b.toml", "/b", "2");
      fragment("c.toml", "/c", "1");
      Reload reload = server.reloadFragments();
      assertTrue(reload.changed());
      assertEquals("conf.d/a.toml", reload.problems().getFirst().at().file());
      assertTrue(server.body("/a").contains("IS=1"));
      assertTrue(server.body("/b").contains("IS=2"));
      assertEquals(200, server.status("/c"));
    }
  }

  @Test
  void fileWithABadModuleKeepsItsLastGoodVersion() throws Exception {
    try (LiveServer server = LiveServer.ofConfDir(folder)) {
      LiveServer.write(folder.resolve("bad.wat"), "(module (nonsense))");
      LiveServer.write(file("a.toml"), "[[module]]\nroute = \"/a\"\nmodule = \"../bad.wat\"\n");
      assertEquals(1, server.reloadFragments().problems().size());
      assertEquals(200, server.status("/a"));
      Files.delete(file("a.toml"));
      assertTrue(server.reloadFragments().changed());
      assertEquals(404, server.status("/a"));
      assertEquals(200, server.status("/b"));
    }
  }

  @Test
  void badFileAtStartIsToldAndTheOthersServe() throws Exception {
    LiveServer.write(file("a.toml"), "nonsense");
    try (LiveServer server = LiveServer.ofConfDir(folder)) {
      assertEquals("conf.d/a.toml", server.server().problems().getFirst().at().file());
      assertEquals(404, server.status("/a"));
      assertEquals(200, server.status("/b"));
    }
  }

  @Test
  void fileThatIsNotTouchedIsNotLoadedAgain() throws Exception {
    try (LiveServer server = LiveServer.ofConfDir(folder)) {
      ServedModule before = server.server().assembly().modulesOf("conf.d/b.toml").getFirst();
      fragment("a.toml", "/a", "2");
      assertTrue(server.reloadFragments().changed());
      ServedModule after = server.server().assembly().modulesOf("conf.d/b.toml").getFirst();
      assertSame(before.module(), after.module());
    }
  }

  @Test
  void configFileIsLeftAloneUntilItsOwnReload() throws Exception {
    LiveServer.version(folder, 1);
    try (LiveServer server =
        LiveServer.of(
            folder,
            ConfigSources.in(folder)
                .withConfig(Path.of("modules.toml"))
                .withConfDir(Path.of("conf.d")))) {
      LiveServer.version(folder, 2);
      fragment("a.toml", "/a", "2");
      assertTrue(server.reloadFragments().changed());
      assertEquals(1, VersionedGuest.version(server.body("/version")));
      LiveServer.write(folder.resolve("modules.toml"), "nonsense");
      fragment("a.toml", "/a", "3");
      Reload reload = server.reload();
      assertEquals("modules.toml", reload.problems().getFirst().at().file());
      assertTrue(server.body("/a").contains("IS=3"));
      assertEquals(1, VersionedGuest.version(server.body("/version")));
    }
  }

  @Test
  void addressOfAFileComesAndGoesWithIt() throws Exception {
    int port = FreePort.find();
    try (LiveServer server = LiveServer.ofConfDir(folder)) {
      fragment("c.toml", "default_host = \"127.0.0.1:" + port + "\"\n", "/c", "1");
      assertEquals(new Reload(true, List.of(), true), server.reloadFragments());
      assertEquals(200, RawHttp.get(ReloadTest.local(port), "/c").status());
      assertEquals(404, RawHttp.get(ReloadTest.local(port), "/a").status());
      Files.delete(file("c.toml"));
      assertTrue(server.reloadFragments().changed());
      assertThrows(ConnectException.class, () -> RawHttp.to(ReloadTest.local(port)));
      assertEquals(200, server.status("/a"));
    }
  }

  @Test
  void addressUnderAWildcardSharesItsSocketAndKeepsItsRoutes() throws Exception {
    int port = FreePort.find();
    fragment("a.toml", "default_host = \":" + port + "\"\n", "/a", "1");
    fragment("b.toml", "default_host = \"127.0.0.2:" + port + "\"\n", "/b", "1");
    try (LiveServer server = LiveServer.ofConfDir(folder)) {
      assertEquals(List.of(), server.server().problems());
      var second = new InetSocketAddress("127.0.0.2", port);
      assertEquals(200, RawHttp.get(ReloadTest.local(port), "/a").status());
      assertEquals(404, RawHttp.get(ReloadTest.local(port), "/b").status());
      assertEquals(200, RawHttp.get(second, "/a").status());
      assertEquals(200, RawHttp.get(second, "/b").status());
      Files.delete(file("a.toml"));
      assertEquals(new Reload(true, List.of(), true), server.reloadFragments());
      assertEquals(200, RawHttp.get(second, "/b").status());
      assertThrows(ConnectException.class, () -> RawHttp.to(ReloadTest.local(port)));
    }
  }

  @Test
  void foreignAddressIsThatFilesProblem() throws Exception {
    try (LiveServer server = LiveServer.ofConfDir(folder)) {
      fragment("a.toml", "default_host = \"192.0.2.1:4000\"\n", "/a", "2");
      Reload reload = server.reloadFragments();
      assertEquals("conf.d/a.toml", reload.problems().getFirst().at().file());
      assertEquals(false, reload.listening());
      assertTrue(server.body("/a").contains("IS=1"));
      assertTrue(server.body("/b").contains("IS=1"));
    }
  }
}
