package wagi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wagi.cli.ServerProcess;
import wagi.http.tls.TestCertificate;

/** The packaged server beside thousands of connections that bring nothing. */
final class SilentClientsIT {
  private static final KeptConnection.Answer HELLO =
      new KeptConnection.Answer(200, "hello world\n");
  private static final int SILENT = 2000;
  private static final int SILENT_HANDSHAKES = 500;
  private static final int WINDOWS = 5;
  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final double RATE = 500;

  /** Differences below this are the machine's. */
  private static final double FLOOR_MILLIS = 10;

  @Test
  void silentSocketsAndHandshakesLeaveOthersTheirTime(@TempDir Path folder) throws Exception {
    assertEnoughDescriptors();
    InetSocketAddress tls = FreePort.address();
    try (ServerProcess server = start(folder, tls.getPort())) {
      InetSocketAddress plain = server.ready();
      try (SteadyLoad others = new SteadyLoad(plain, "/hello", HELLO, 4);
          SilentClients silent = new SilentClients()) {
        others.capacity(Duration.ofSeconds(2)); // warms up
        double quiet = Latencies.medianP99("quiet", WINDOWS, () -> others.atRate(RATE, WINDOW));
        silent.of(plain, SILENT, true).of(tls, SILENT_HANDSHAKES, false).start();
        Await.until("all are there", () -> silent.connected() == SILENT + SILENT_HANDSHAKES);
        Latencies newcomers = new Latencies();
        double crowded =
            Latencies.medianP99(
                "beside them",
                WINDOWS,
                () -> {
                  askAsNewcomer(plain, newcomers);
                  return others.atRate(RATE, WINDOW);
                });
        System.out.printf(
            Locale.ROOT,
            "newcomers: %s; quiet p99 %.2f ms, beside them %.2f ms%n",
            newcomers,
            quiet,
            crowded);

        assertEquals(List.of(), others.failures());
        assertTrue(silent.connected() > SILENT, silent.connected() + " are there");
        assertTrue(crowded <= Math.max(2 * quiet, FLOOR_MILLIS), crowded + " ms, quiet " + quiet);
        assertTrue(newcomers.percentile(100) < 1000, newcomers.toString());
      }
    }
  }

  private static ServerProcess start(Path folder, int tlsPort) throws IOException {
    TestCertificate.selfSigned(TestCertificate.ec(), "localhost").in(folder, "own");
    Files.writeString(
        folder.resolve("modules.toml"),
        """
        [server.tls]
        cert = "own.pem"
        key = "own.key"
        [[server.listener]]
        address = "127.0.0.1:%d"
        tls = false
        [[server.listener]]
        address = "127.0.0.1:%d"
        [[module]]
        route = "/hello"
        module = "%s"
        """
            .formatted(FreePort.find(), tlsPort, Path.of("samples/hello-c.wasm").toAbsolutePath()));
    // A server that stays up makes a cache of its classes, which is other work than this.
    return ServerProcess.start(folder, Map.of("WAGI_AOT_CACHE", "off"));
  }

  private static void askAsNewcomer(InetSocketAddress address, Latencies newcomers) {
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      try {
        assertEquals("hello world\n", RawHttp.get(address, "/hello").body());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      newcomers.add(System.nanoTime() - start);
    }
  }

  /** The JVMs raise their limit to the hard one, which the server's has in common with ours. */
  private static void assertEnoughDescriptors() {
    long most =
        ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getMaxFileDescriptorCount();
    assertTrue(most >= 4096, most + " file descriptors are too few; raise ulimit -Hn to 4096");
  }
}
