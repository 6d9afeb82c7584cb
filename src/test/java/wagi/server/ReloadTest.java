package wagi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wagi.config.ConfigException;
import wagi.config.ConfigSources;
import wagi.engine.GuestModule;

/** What a reload takes over, and what it leaves as it was. */
final class ReloadTest {
  private static final String MODULE = "[[module]]\nroute = \"/a\"\nmodule = \"v1.wat\"\n";

  private final Path folder;

  ReloadTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private LiveServer versioned(int version) throws Exception {
    LiveServer.version(folder, version);
    return LiveServer.of(folder);
  }

  private static int version(LiveServer server) throws Exception {
    return VersionedGuest.version(server.body("/version"));
  }

  @Test
  void newMapIsServed() throws Exception {
    try (LiveServer server = versioned(1)) {
      assertEquals(1, version(server));
      LiveServer.version(folder, 2);
      assertEquals(new Reload(true, List.of(), true), server.reload());
      assertEquals(2, version(server));
    }
  }

  @Test
  void reloadOfTheSameChangesNothing() throws Exception {
    try (LiveServer server = versioned(1)) {
      GuestModule before = module(server);
      assertEquals(new Reload(false, List.of(), true), server.reload());
      assertSame(before, module(server));
    }
  }

  @Test
  void moduleThatIsNotTouchedServesOn() throws Exception {
    try (LiveServer server = versioned(1)) {
      GuestModule before = module(server);
      String map = Files.readString(folder.resolve("modules.toml"));
      LiveServer.write(folder.resolve("modules.toml"), "\n# moved\n" + map + MODULE);
      assertTrue(server.reload().changed());
      assertSame(before, module(server));
      assertEquals(200, server.status("/a"));
    }
  }

  @Test
  void moduleOfOtherBytesIsAnother() throws Exception {
    try (LiveServer server = versioned(1)) {
      GuestModule before = module(server);
      LiveServer.write(folder.resolve("v1.wat"), VersionedGuest.text(7));
      assertTrue(server.reload().changed());
      assertNotSame(before, module(server));
      assertTrue(server.body("/version").contains("CODE=000007;"));
    }
  }

  private static GuestModule module(LiveServer server) {
    return server.server().assembly().sites().getFirst().modules().getFirst().module();
  }

  @Test
  void brokenMapKeepsTheOldOneAndSaysAll() throws Exception {
    try (LiveServer server = versioned(1)) {
      LiveServer.write(
          folder.resolve("modules.toml"), "[[module]]\nroute = \"a\"\nmodule = \"none.wasm\"\n");
      Reload reload = server.reload();
      assertFalse(reload.changed());
      assertEquals(
          List.of("modules.toml:2:9", "modules.toml:3:10"),
          reload.problems().stream().map(problem -> problem.at().toString()).toList());
      assertEquals(1, version(server));
    }
  }

  @Test
  void moduleThatDoesNotCompileKeepsTheOldOne() throws Exception {
    try (LiveServer server = versioned(1)) {
      LiveServer.version(folder, 2);
      LiveServer.write(folder.resolve("v2.wat"), "(module (nonsense))");
      Reload reload = server.reload();
      assertFalse(reload.changed());
      assertEquals("modules.toml:4:10", reload.problems().getFirst().at().toString());
      assertEquals(1, version(server));
    }
  }

  @Test
  void failingSmokeKeepsTheOldOne() throws Exception {
    try (LiveServer server = versioned(1)) {
      LiveServer.version(folder, 2);
      append("smoke = { path = \"/version/x\", status = 404 }\n");
      Reload reload = server.reload();
      assertFalse(reload.changed());
      assertEquals(
          "module versioned: smoke: GET /version/x was answered 200, expected 404",
          reload.problems().getFirst().message());
      assertEquals(1, version(server));
    }
  }

  @Test
  void smokeThatIsAnsweredAsExpectedIsTakenOver() throws Exception {
    try (LiveServer server = versioned(1)) {
      LiveServer.version(folder, 2);
      append("smoke = \"/version/x?y\"\n");
      assertTrue(server.reload().changed());
      assertEquals(2, version(server));
    }
  }

  @Test
  void failingSmokeIsAProblemAtStart() throws Exception {
    LiveServer.version(folder, 1);
    append("smoke = \"/elsewhere\"\n");
    ConfigException e = assertThrows(ConfigException.class, () -> LiveServer.of(folder));
    assertEquals(
        "modules.toml:6:9: module versioned: smoke: GET /elsewhere was answered 404, expected 200",
        e.getMessage());
  }

  @Test
  void smokeThatNeverEndsIsAProblem() throws Exception {
    Path loop = Path.of("src/test/guests/loop.wasm").toAbsolutePath();
    LiveServer.write(
        folder.resolve("modules.toml"),
        "[[module]]\nroute = \"/loop\"\nmodule = \""
            + loop
            + "\"\nsmoke = \"/loop\"\nlimits = { timeout = \"100ms\" }\n");
    ConfigException e = assertThrows(ConfigException.class, () -> LiveServer.of(folder));
    assertTrue(String.valueOf(e.getMessage()).contains("was answered 504, expected 200"));
  }

  private void append(String line) throws Exception {
    Path map = folder.resolve("modules.toml");
    LiveServer.write(map, Files.readString(map) + line);
  }

  @Test
  void warmUpRunsModulesAndLeavesOutThoseThatMayDoSomething() throws Exception {
    Path loop = Path.of("src/test/guests/loop.wasm").toAbsolutePath();
    Files.createDirectory(folder.resolve("data"));
    String map =
        "[server]\nwarm_up = 5\n[[module]]\nroute = \"/loop\"\nmodule = \""
            + loop
            + "\"\nlimits = { timeout = \"100ms\" }\n";
    LiveServer.write(folder.resolve("modules.toml"), map);
    assertTrue(millisToStart() >= 500);
    LiveServer.write(folder.resolve("modules.toml"), map + "volumes = { \"/d\" = \"data\" }\n");
    assertTrue(millisToStart() < 500);
  }

  private long millisToStart() throws Exception {
    long start = System.nanoTime();
    LiveServer.of(folder).close();
    return (System.nanoTime() - start) / 1_000_000;
  }

  @Test
  void requestWhoseBodyIsUnderWayEndsWhereItBegan() throws Exception {
    try (LiveServer server = versioned(1);
        RawHttp client = RawHttp.to(server.address())) {
      client.send(
          RawHttp.wire(
              """
              POST /version HTTP/1.1
              Host: a
              Content-Length: 4
              Expect: 100-continue
              Connection: close

              """));
      client.readUntil("100 Continue\r\n\r\n");
      LiveServer.version(folder, 2);
      assertTrue(server.reload().changed());
      assertEquals(2, version(server));
      assertEquals(1, VersionedGuest.version(client.send("body").rest().body()));
    }
  }

  @Test
  void otherAddressOpensAndTheOldOneCloses() throws Exception {
    int port = FreePort.find();
    ConfigSources sources = ConfigSources.in(folder).withConfDir(Path.of("conf.d"));
    Files.createDirectories(folder.resolve("conf.d"));
    LiveServer.write(folder.resolve("v1.wat"), VersionedGuest.text(1));
    Path file = folder.resolve("conf.d/a.toml");
    LiveServer.write(file, MODULE.replace("v1", "../v1"));
    try (LiveServer server = LiveServer.of(folder, sources)) {
      assertEquals(200, server.status("/a"));
      LiveServer.write(
          file, "default_host = \"127.0.0.1:" + port + "\"\n" + MODULE.replace("v1", "../v1"));
      assertEquals(new Reload(true, List.of(), true), server.reloadFragments());
      assertEquals(200, RawHttp.get(local(port), "/a").status());
      assertThrows(ConnectException.class, () -> RawHttp.to(server.address()));
    }
  }

  @Test
  void addressThatCannotBeHadKeepsTheOldOne() throws Exception {
    LiveServer.write(folder.resolve("v1.wat"), VersionedGuest.text(1));
    LiveServer.write(
        folder.resolve("modules.toml"),
        "default_host = \"127.0.0.1:" + FreePort.find() + "\"\n" + MODULE);
    ConfigSources sources = ConfigSources.in(folder).withConfig(Path.of("modules.toml"));
    try (LiveServer server = LiveServer.asWritten(folder, sources);
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      LiveServer.write(
          folder.resolve("modules.toml"),
          "default_host = \"127.0.0.1:" + taken.getLocalPort() + "\"\n" + MODULE);
      Reload reload = server.reload();
      assertFalse(reload.changed());
      assertTrue(reload.problems().getFirst().message().startsWith("cannot listen on 127.0.0.1:"));
      assertEquals(200, server.status("/a"));
    }
  }

  @Test
  void listenersHearInOrder() throws Exception {
    LiveServer server = versioned(1);
    try (server) {
      server.reload();
      LiveServer.version(folder, 2);
      server.reload();
      assertTrue(server.server().drain());
    }
    assertEquals(
        List.of(
            "ready: serving 1 module",
            "reloading",
            "reloaded: serving 1 module, unchanged",
            "reloading",
            "reloaded: serving 1 module",
            "stopping"),
        server.heard());
  }

  @Test
  void reloadThatFailsIsNamedInTheStatusUntilOneSucceeds() throws Exception {
    try (LiveServer server = versioned(1)) {
      LiveServer.write(folder.resolve("v2.wat"), "(module (nonsense))");
      LiveServer.write(folder.resolve("modules.toml"), MODULE.replace("v1.wat", "v2.wat"));
      server.reload();
      String failed = server.heard().getLast();
      assertTrue(failed.startsWith("reloaded: serving 1 module; 1 problem: "), failed);
      assertTrue(failed.contains("v2.wat") && failed.endsWith(", unchanged"), failed);

      LiveServer.version(folder, 3);
      server.reload();
      assertEquals("reloaded: serving 1 module", server.heard().getLast());
    }
  }

  static InetSocketAddress local(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
