package wagi.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wagi.server.Await;
import wagi.server.RawHttp;
import wagi.systemd.NotifyReceiver;

/**
 * Holds one thread of the packaged server with a debugger, as a bug or a hung system call would,
 * while all its others run on.
 */
final class WatchdogIT {
  private static final long PERIOD_MILLIS = 800;

  private final String socket;

  WatchdogIT(@TempDir Path directory) {
    socket = directory.resolve("notify").toString();
  }

  @ParameterizedTest
  @CsvSource({
    "http I/O-.*, the I/O threads have not answered",
    "http Accept, the I/O threads have not answered",
    "guest-ticker, guests have not moved"
  })
  void systemdHearsNothingWhileAThreadThatServesIsStuck(String name, String problem)
      throws Exception {
    try (NotifyReceiver systemd = NotifyReceiver.on(socket);
        ServerProcess server = start()) {
      systemd.next("READY=1", "STOPPING=1");
      assertEquals("WATCHDOG=1", systemd.next());

      VirtualMachine debugged = DebuggedServer.attach(server);
      List<ThreadReference> held = DebuggedServer.threads(debugged, name);
      held.forEach(ThreadReference::suspend);
      Await.until("it is noticed", () -> server.err().contains(problem));
      while (!systemd.waiting().isEmpty()) {
        // what was sent before
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2 * PERIOD_MILLIS));
      assertEquals("", systemd.waiting());

      held.forEach(ThreadReference::resume);
      debugged.dispose();
      assertEquals("WATCHDOG=1", systemd.next());
      assertEquals("hello world\n", RawHttp.get(server.ready(), "/hello").body());
      assertTrue(server.err().contains("the server serves again"), server.err());
    }
  }

  /** Clients can bring that about, and a restart would not help against them. */
  @Test
  void systemdHearsOfAServerThatIsOutOfDescriptors() throws Exception {
    String variables = "export NOTIFY_SOCKET=" + socket + " WATCHDOG_USEC=" + PERIOD_MILLIS + "000";
    List<Socket> many = new ArrayList<>();
    try (NotifyReceiver systemd = NotifyReceiver.on(socket);
        ServerProcess server =
            ServerProcess.limited(
                Path.of("").toAbsolutePath(),
                variables + "; ulimit -n 96",
                "--listen",
                "127.0.0.1:0",
                "--config",
                "samples/modules.toml")) {
      InetSocketAddress address = server.ready();
      for (int i = 0; i < 150; i++) {
        many.add(new Socket(address.getAddress(), address.getPort()));
      }
      Await.until("it runs out", () -> server.err().contains("Too many open files"));
      while (!systemd.waiting().isEmpty()) {
        // what was sent before
      }
      for (int i = 0; i < 4; i++) {
        assertEquals("WATCHDOG=1", systemd.next());
      }
      assertFalse(server.err().contains("have not answered"), server.err());
    } finally {
      for (Socket one : many) {
        one.close();
      }
    }
  }

  private ServerProcess start() throws IOException {
    return DebuggedServer.start(
        Map.of("NOTIFY_SOCKET", socket, "WATCHDOG_USEC", PERIOD_MILLIS + "000"),
        Path.of("samples/modules.toml"));
  }
}
