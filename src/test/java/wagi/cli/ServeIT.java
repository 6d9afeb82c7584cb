package wagi.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wagi.server.Await;
import wagi.server.RawHttp;

/** Starts the packaged jar as a user does, and stops it as an operator does. */
final class ServeIT {
  private static final String SAMPLES = "samples/modules.toml";
  private static final Path HELLO = Path.of("samples/hello-c.wasm").toAbsolutePath();

  @Test
  void q29ReadyLineComesWhenThePortAnswersAndTellsIt() throws Exception {
    try (ServerProcess server = ServerProcess.serving("--config", SAMPLES)) {
      InetSocketAddress address = server.ready();

      assertNotEquals(0, address.getPort());
      assertEquals("hello world\n", RawHttp.get(address, "/hello").body());
      assertEquals("OK", RawHttp.get(address, "/healthz").body());
    }
  }

  @Test
  void helloNeedsNeitherManagementNorNativeFunctions(@TempDir Path directory) throws Exception {
    Path log = directory.resolve("classes");
    List<String> logging = List.of("-Xlog:class+init:file=" + log);
    String managed = "com/sun/jmx/mbeanserver/JmxMBeanServer";
    try (ServerProcess server =
        ServerProcess.direct(directory, logging, Map.of(), "--listen", "127.0.0.1:0")) {
      assertEquals("hello world\n", RawHttp.get(server.ready(), "/hello").body());
      assertFalse(Files.readString(log).contains(managed), "nobody asked for it");
      assertFalse(Files.readString(log).contains("foreign/abi/DowncallStub"), "no file is used");

      String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
      String pid = Long.toString(server.pid());
      Process agent = new ProcessBuilder(jcmd, pid, "ManagementAgent.start_local").start();
      assertEquals(0, agent.waitFor());
      assertTrue(Files.readString(log).contains(managed), "an agent did");
    }
  }

  @Test
  void termEndsItWithCode0AfterTheRequestsUnderWay() throws Exception {
    try (ServerProcess server = ServerProcess.serving("--config", SAMPLES)) {
      InetSocketAddress address = server.ready();
      try (RawHttp client = RawHttp.to(address).send(RawHttp.get("/countdown?2"))) {
        client.readUntil("2\n");
        server.terminate();
        Await.until("it stops", () -> server.err().contains("stopping: no new requests"));

        String rest = client.readToEnd();
        assertTrue(rest.contains("lift-off\n") && rest.endsWith("0\r\n\r\n"), rest);
      }
      assertEquals(0, server.exitCode(), server.err());
      assertTrue(server.err().endsWith("wagi-server: stopped\n"), server.err());
      assertTrue(server.out().contains("\"GET /countdown?2 HTTP/1.1\" 200 "), server.out());
    }
  }

  @Test
  void whereHangupIsIgnoredItSaysSo(@TempDir Path directory) throws Exception {
    String said = "SIGHUP is ignored, as nohup has it, and does not reload; --watch does";
    try (ServerProcess server =
        ServerProcess.limited(directory, "trap '' HUP", "--listen", "127.0.0.1:0")) {
      server.ready();
      assertTrue(server.err().contains(said), server.err());
      server.signal("HUP");
      server.terminate();
      assertEquals(0, server.exitCode(), server.err());
    }
    try (ServerProcess server = ServerProcess.serving("--config", SAMPLES)) {
      server.ready();
      assertFalse(server.err().contains(said), server.err());
    }
  }

  @Test
  void withoutAnythingToServeThereIsADemo(@TempDir Path directory) throws Exception {
    try (ServerProcess server =
        ServerProcess.start(directory, Map.of(), "--listen", "127.0.0.1:0")) {
      InetSocketAddress address = server.ready();

      assertTrue(server.err().contains("serving a built-in demo"), server.err());
      assertEquals("hello world\n", RawHttp.get(address, "/hello").body());
      assertEquals(200, RawHttp.get(address, "/environment").status());
      assertEquals(400, RawHttp.get(address, "/echo").status());
      assertEquals(404, RawHttp.get(address, "/error").status());
      server.terminate();
      assertEquals(0, server.exitCode(), server.err());
    }
  }

  @Test
  void modulesTomlOfTheWorkingDirectoryIsFound(@TempDir Path directory) throws Exception {
    Files.copy(HELLO, directory.resolve("mine.wasm"));
    map(directory, "/mine", "mine.wasm");
    try (ServerProcess server =
        ServerProcess.start(directory, Map.of(), "--listen", "127.0.0.1:0")) {
      InetSocketAddress address = server.ready();

      assertEquals("hello world\n", RawHttp.get(address, "/mine").body());
      assertEquals(404, RawHttp.get(address, "/hello").status());
    }
  }

  @Test
  void podManifestOf2021IsServed() throws Exception {
    try (ServerProcess server =
        ServerProcess.serving(
            "--config",
            "src/test/resources/config/wasi-example.yaml",
            "--modules-dir",
            "samples")) {
      InetSocketAddress address = server.ready();

      assertEquals("hello world\n", RawHttp.get(address, "/hello").body());
      assertEquals(404, RawHttp.get(address, "/error").status());
    }
  }

  @Test
  void takenPortIsExitCode4() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerProcess server =
            ServerProcess.start(
                Path.of("").toAbsolutePath(),
                Map.of(),
                "--listen",
                "127.0.0.1:" + taken.getLocalPort(),
                "--config",
                SAMPLES)) {
      assertEquals(4, server.exitCode(), server.err());
      assertEquals("\n", server.out());
      assertTrue(server.err().contains("127.0.0.1:" + taken.getLocalPort()), server.err());
    }
  }

  @Test
  void flagsOfWagiKeepWorking(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("env"), "FROM_FILE = \"a b\"\nBOTH=file\n");
    try (ServerProcess server =
        ServerProcess.start(
            directory,
            Map.of("WAGI_LOG_DIR", directory.resolve("logs").toString()),
            "-c",
            Path.of(SAMPLES).toAbsolutePath().toString(),
            "-l",
            "127.0.0.1:0",
            "--env-file",
            file.toString(),
            "--hostname",
            "www.example.com:8080",
            "--module-cache",
            "cache",
            "--cache",
            "cache.toml",
            "-e",
            "FLAG=1",
            "BOTH=flag")) {
      InetSocketAddress address = server.ready();
      String body = RawHttp.exchange(address, "GET /environment HTTP/1.0\r\n\r\n").body();

      assertTrue(body.contains("\nFROM_FILE = a b\n"), body);
      assertTrue(body.contains("\nFLAG = 1\n"), body);
      assertTrue(body.contains("\nBOTH = flag\n"), body);
      assertTrue(body.contains("\nSERVER_NAME = www.example.com\n"), body);
      assertTrue(body.contains("\nSERVER_PORT = 8080\n"), body);
      RawHttp.get(address, "/log");
      assertTrue(
          Files.readString(directory.resolve("logs/log.log")).contains(" stderr F log: answered"));
    }
  }

  @Test
  void rustLogDecidesWhatIsLoggedWhereTheFileDoesNot(@TempDir Path directory) throws Exception {
    map(directory, "/trap", Path.of("src/test/guests/trap.wasm").toAbsolutePath().toString());
    assertEquals("", logOfFailure(directory, Map.of("RUST_LOG", "wagi=error")));
    assertTrue(logOfFailure(directory, Map.of()).contains("WARN"));

    Files.writeString(
        directory.resolve("modules.toml"),
        "\n[log]\nlevel = \"warn\"\n",
        StandardOpenOption.APPEND);
    assertTrue(logOfFailure(directory, Map.of("RUST_LOG", "wagi=error")).contains("WARN"));
  }

  @Test
  void tlsCertificateWithoutKeyIsExitCode2() throws Exception {
    try (ServerProcess server =
        ServerProcess.start(
            Path.of("").toAbsolutePath(), Map.of("WAGI_TLS_CERT", "cert.pem"), "-c", SAMPLES)) {
      assertEquals(2, server.exitCode());
      assertEquals(
          "wagi-server: TLS needs both --tls-cert (or WAGI_TLS_CERT) and --tls-key (or"
              + " WAGI_TLS_KEY), found only the certificate\n",
          server.err());
    }
  }

  @Test
  void brokenMapIsExitCode3WithPositions(@TempDir Path directory) throws Exception {
    map(directory, "no-slash", "missing.wasm");
    try (ServerProcess server = ServerProcess.start(directory, Map.of())) {
      assertEquals(3, server.exitCode());
      assertTrue(server.err().contains("modules.toml:2:9: "), server.err());
      assertTrue(server.err().contains("modules.toml:3:10: "), server.err());
      assertTrue(server.err().endsWith("wagi-server: 2 problems\n"), server.err());
    }
  }

  private static String logOfFailure(Path directory, Map<String, String> variables)
      throws Exception {
    try (ServerProcess server =
        ServerProcess.start(directory, variables, "--listen", "127.0.0.1:0")) {
      assertEquals(500, RawHttp.get(server.ready(), "/trap").status());
      server.terminate();
      assertEquals(0, server.exitCode());
      return server.err().replaceAll("(?m)^(wagi-server|\\[).*\n", "");
    }
  }

  private static void map(Path directory, String route, String module) throws IOException {
    Files.writeString(
        directory.resolve("modules.toml"),
        "[[module]]\nroute = \"" + route + "\"\nmodule = \"" + module + "\"\n");
  }
}
