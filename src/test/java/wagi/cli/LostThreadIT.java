package wagi.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wagi.server.Await;
import wagi.server.RawHttp;

/** The packaged server ends, and says why, when a thread that it needs has died or hangs. */
final class LostThreadIT {
  /** The second of its drain, ten for the rest, and time for a busy machine. */
  private static final long LONGEST_SECONDS = 15;

  private static final Pattern FAILURE =
      Pattern.compile("java.lang.(OutOfMemoryError|IllegalMonitorStateException)");

  private static final Path SAMPLES = Path.of("samples/modules.toml");

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"http I/O-.*", "http Accept", "guest-ticker", "guest-conclusions"})
  void serverWithoutAThreadThatServesEndsAndSaysWhy(String name) throws Exception {
    try (ServerProcess server = DebuggedServer.start(Map.of(), SAMPLES)) {
      InetSocketAddress address = server.ready();
      assertEquals("hello world\n", RawHttp.get(address, "/hello").body());
      VirtualMachine debugged = DebuggedServer.attach(server);
      ThreadReference lost = DebuggedServer.threads(debugged, name).getFirst();
      String lostName = lost.name();
      DebuggedServer.runOutOfMemory(debugged, lost);
      debugged.dispose();
      Await.until("it is noticed", () -> noticed(server, "thread " + lostName + " has ended"));

      assertEquals(1, server.exitCode(), server.err());
      // The lock that guest-conclusions waits in makes another failure of it.
      assertTrue(FAILURE.matcher(server.err()).find(), server.err());
    }
  }

  /**
   * A thread that waits in the system notices nothing before it wakes; which of several a
   * connection wakes is not known.
   */
  private static boolean noticed(ServerProcess server, String words) {
    InetSocketAddress address = server.ready();
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.getOutputStream().write('\n');
    } catch (IOException e) {
      // It has ended already.
    }
    return server.err().contains(words);
  }

  @Test
  void requestsUnderWayAreAnsweredBeforeTheEnd() throws Exception {
    try (ServerProcess server = DebuggedServer.start(Map.of(), SAMPLES)) {
      InetSocketAddress address = server.ready();
      VirtualMachine debugged = DebuggedServer.attach(server);
      ThreadReference ticker = DebuggedServer.threads(debugged, "guest-ticker").getFirst();
      try (RawHttp client = RawHttp.to(address).send(RawHttp.get("/countdown?2"))) {
        String begun = client.readUntil("2\n");
        DebuggedServer.runOutOfMemory(debugged, ticker);
        debugged.dispose();
        assertTrue(client.readToEnd().contains("lift-off"), begun + server.err());
      }
      assertEquals(1, server.exitCode(), server.err());
    }
  }

  @Test
  void serverWithAStuckThreadEndsWhenAskedToStop() throws Exception {
    Path config = folder.resolve("modules.toml");
    Files.writeString(
        config,
        """
        [server]
        drain = "1s"
        [[module]]
        route = "/hello"
        module = "%s"
        """
            .formatted(Path.of("samples/hello.wat").toAbsolutePath()));
    try (ServerProcess server = DebuggedServer.start(Map.of(), config)) {
      InetSocketAddress address = server.ready();
      VirtualMachine debugged = DebuggedServer.attach(server);
      try (Socket idle = new Socket(address.getAddress(), address.getPort())) {
        assertTrue(idle.isConnected());
        assertEquals("hello world\n", RawHttp.get(address, "/hello").body());
        DebuggedServer.threads(debugged, "http I/O-.*|http Accept")
            .forEach(ThreadReference::suspend);
        server.terminate();
        Await.until("it has begun", () -> server.err().contains("stopping: no new requests"));
        long start = System.nanoTime();
        assertEquals(1, server.exitCode(), server.err());
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        assertTrue(seconds < LONGEST_SECONDS, seconds + " s");
        assertTrue(server.err().contains("has not stopped in 11 s"), server.err());
      }
    }
  }
}
