package wagi.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wagi.server.FreePort;
import wagi.server.RawHttp;
import wagi.systemd.NotifyReceiver;

/** Starts the packaged jar as systemd does: with a socket to notify. */
final class SystemdIT {
  private static final String SAMPLES = "samples/modules.toml";
  private static final Path HERE = Path.of("").toAbsolutePath();

  private static final Path HELLO = HERE.resolve("samples/hello-c.wasm");

  private final String socket;

  SystemdIT(@TempDir Path directory) {
    socket = directory.resolve("notify").toString();
  }

  @Test
  void readyComesWhenModulesAnswerAndStoppingAtTheEnd() throws Exception {
    InetSocketAddress address = FreePort.address();
    String listen = "127.0.0.1:" + address.getPort();
    try (NotifyReceiver systemd = NotifyReceiver.on(socket);
        ServerProcess server =
            ServerProcess.start(
                HERE, Map.of("NOTIFY_SOCKET", socket), "--listen", listen, "--config", SAMPLES)) {
      String ready = systemd.next("READY=1", "STOPPING=1");
      assertEquals("hello world\n", RawHttp.get(address, "/hello").body());
      assertTrue(ready.contains("\nSTATUS=serving "), ready);
      assertEquals("", systemd.waiting());

      server.terminate();
      systemd.next("STOPPING=1", "READY=1");
      assertEquals(0, server.exitCode(), server.err());
    }
  }

  @Test
  void watchdogIsKeptFromTheStartAndUntilTheEnd() throws Exception {
    Map<String, String> variables = Map.of("NOTIFY_SOCKET", socket, "WATCHDOG_USEC", "500000");
    try (NotifyReceiver systemd = NotifyReceiver.on(socket);
        ServerProcess server = start(variables)) {
      systemd.next("READY=1", "WATCHDOG=1");
      for (int i = 0; i < 3; i++) {
        assertEquals("WATCHDOG=1", systemd.next());
      }
      server.terminate();
      systemd.next("STOPPING=1", "READY=1");
      assertEquals(0, server.exitCode(), server.err());
      assertFalse(server.err().contains("wagi.systemd"), server.err());
    }
  }

  @Test
  void reloadIsBetweenReloadingAndReady() throws Exception {
    try (NotifyReceiver systemd = NotifyReceiver.on(socket);
        ServerProcess server = start(Map.of("NOTIFY_SOCKET", socket))) {
      systemd.next("READY=1", "RELOADING=1");
      server.signal("HUP");
      String reloading = systemd.next("RELOADING=1", "READY=1");
      assertTrue(reloading.contains("\nMONOTONIC_USEC="), reloading);
      String ready = systemd.next("READY=1", "RELOADING=1");
      assertTrue(ready.contains("\nSTATUS=serving "), ready);
      assertEquals("hello world\n", RawHttp.get(server.ready(), "/hello").body());
    }
  }

  @Test
  void reloadThatFailsIsNamedInTheStatus(@TempDir Path directory) throws Exception {
    Path map = directory.resolve("modules.toml");
    Files.writeString(map, "[[module]]\nroute = \"/a\"\nmodule = \"" + HELLO + "\"\n");
    try (NotifyReceiver systemd = NotifyReceiver.on(socket);
        ServerProcess server =
            ServerProcess.start(
                directory, Map.of("NOTIFY_SOCKET", socket), "--listen", "127.0.0.1:0")) {
      systemd.next("READY=1", "RELOADING=1");
      Files.writeString(map, "[[module]]\nroute = \"/a\"\nmodule = \"gone.wasm\"\n");
      server.signal("HUP");
      systemd.next("RELOADING=1", "READY=1");
      String ready = systemd.next("READY=1", "RELOADING=1");
      assertTrue(ready.contains("\nSTATUS=serving 1 module; 1 problem: modules.toml"), ready);
      assertTrue(ready.contains("gone.wasm"), ready);
      assertEquals("hello world\n", RawHttp.get(server.ready(), "/a").body());
    }
  }

  @Test
  void configurationThatCannotBeServedIsNeverReady() throws Exception {
    try (NotifyReceiver systemd = NotifyReceiver.on(socket);
        ServerProcess server =
            ServerProcess.start(HERE, Map.of("NOTIFY_SOCKET", socket), "--config", "none.toml")) {
      assertEquals(3, server.exitCode(), server.err());
      assertEquals("", systemd.waiting());
    }
  }

  private static ServerProcess start(Map<String, String> variables) throws Exception {
    return ServerProcess.start(HERE, variables, "--listen", "127.0.0.1:0", "--config", SAMPLES);
  }
}
