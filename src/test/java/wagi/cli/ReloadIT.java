package wagi.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wagi.server.Await;
import wagi.server.Load;
import wagi.server.RawHttp;

/** Reloads and stops the packaged server with signals, as an operator does. */
final class ReloadIT {
  private static final String HELLO = Path.of("samples/hello-c.wasm").toAbsolutePath().toString();
  private static final String LOOP =
      Path.of("src/test/guests/loop.wasm").toAbsolutePath().toString();

  private final Path folder;

  ReloadIT(@TempDir Path folder) throws IOException {
    this.folder = folder;
    map("/one", HELLO);
  }

  private void map(String route, String module) throws IOException {
    Path file = folder.resolve("modules.toml");
    Files.writeString(
        file.resolveSibling("new"),
        "[server]\ndrain = \"5s\"\n[[module]]\nroute = \""
            + route
            + "\"\nmodule = \""
            + module
            + "\"\n");
    Files.move(file.resolveSibling("new"), file, StandardCopyOption.REPLACE_EXISTING);
  }

  private ServerProcess server(String... flags) throws IOException {
    List<String> all = new ArrayList<>(List.of("--listen", "127.0.0.1:0"));
    all.addAll(List.of(flags));
    return ServerProcess.start(folder, Map.of(), all.toArray(String[]::new));
  }

  private static boolean answers(InetSocketAddress address, String path) {
    try {
      return RawHttp.get(address, path).status() == 200;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void hangUpReloadsAndABadMapIsReported() throws Exception {
    try (ServerProcess server = server()) {
      InetSocketAddress address = server.ready();
      map("/two", HELLO);
      server.signal("HUP");
      Await.until("it has reloaded", () -> answers(address, "/two"));
      assertTrue(!answers(address, "/one"));
      map("three", HELLO);
      server.signal("HUP");
      Await.until("it says why not", () -> server.err().contains("modules.toml:4:9: route:"));
      assertTrue(server.err().contains("ERROR wagi.server: reload: 1 problem;"), server.err());
      assertTrue(answers(address, "/two"));
      server.terminate();
      assertEquals(0, server.exitCode(), server.err());
    }
  }

  @Test
  void watchReloadsWithoutASignal() throws Exception {
    try (ServerProcess server = server("--watch")) {
      InetSocketAddress address = server.ready();
      map("/two", HELLO);
      Await.until("it has reloaded", () -> answers(address, "/two"));
    }
  }

  @Test
  void termUnderLoadAnswersWhatWasAcceptedAndEndsWith0() throws Exception {
    try (ServerProcess server = server()) {
      Load load = new Load(server.ready(), "/one", body -> body.equals("hello world\n"));
      try (load) {
        load.start(8);
        Await.until("there is load", () -> load.answered() > 500);
        server.terminate();
        assertEquals(0, server.exitCode(), server.err());
      }
      assertEquals(List.of(), load.failures());
      assertTrue(server.err().endsWith("wagi-server: stopped\n"), server.err());
    }
  }

  @Test
  void guestsThatNeverEndAreBrokenOffAfterTheDrainTime() throws Exception {
    map("/loop", LOOP);
    try (ServerProcess server = server()) {
      InetSocketAddress address = server.ready();
      try (RawHttp client = RawHttp.to(address).send(RawHttp.get("/loop"))) {
        awaitAsked(server, address);
        long start = System.nanoTime();
        server.terminate();
        assertEquals(0, server.exitCode(), server.err());
        double seconds = (System.nanoTime() - start) / 1e9;
        assertTrue(seconds > 4.5 && seconds < 12, seconds + " s; " + server.err());
        assertTrue(server.err().endsWith("stopped; some requests were broken off\n"), server.err());
        assertTrue(!client.readToEnd().startsWith("HTTP/1.1 200"));
      }
    }
  }

  @Test
  void secondTermEndsAtOnce() throws Exception {
    map("/loop", LOOP);
    try (ServerProcess server = server()) {
      InetSocketAddress address = server.ready();
      try (RawHttp client = RawHttp.to(address).send(RawHttp.get("/loop"))) {
        awaitAsked(server, address);
        server.terminate();
        Await.until("it stops", () -> server.err().contains("stopping: no new requests"));
        long start = System.nanoTime();
        server.terminate();
        assertEquals(128 + 15, server.exitCode(), server.err());
        assertTrue((System.nanoTime() - start) / 1e9 < 3, server.err());
        assertEquals("", client.readToEnd());
      } catch (SocketException e) {
        assertTrue(String.valueOf(e.getMessage()).contains("reset"), e.toString());
      }
    }
  }

  /** What another client is answered after it was sent has arrived after it. */
  private static void awaitAsked(ServerProcess server, InetSocketAddress address)
      throws IOException {
    for (int i = 0; i < 3; i++) {
      assertEquals("OK", RawHttp.get(address, "/healthz").body(), server.err());
    }
  }
}
