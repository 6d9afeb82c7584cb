package wagi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import wagi.cli.ServerProcess;

/**
 * The packaged server, as it is started by default, beside clients that want it to be slow. They,
 * and those who measure, share its processors: each of them waits for the others here. Of several
 * windows the median counts, since the JVM stands still while it makes a large array.
 */
final class HostileCrowdIT {
  private static final KeptConnection.Answer HELLO =
      new KeptConnection.Answer(200, "hello world\n");
  private static final KeptConnection.Answer HEALTHY = new KeptConnection.Answer(200, "OK");

  /** Enough that one which is late makes few others late. */
  private static final int CONNECTIONS = 256;

  private static final double LOAD = 0.3;
  private static final int WINDOWS = 7;
  private static final Duration WINDOW = Duration.ofSeconds(2);

  private static final Duration WARMING = Duration.ofSeconds(10);

  /** The compiler is as busy as the guests until then, and the memories of newcomers are made. */
  private static final Duration SETTLING = Duration.ofSeconds(12);

  private static final double POLITE_MILLIS = 20;
  private static final double HEALTHY_MILLIS = 50;

  @Test
  @Timeout(120)
  void crowdOfEveryKindLeavesAPoliteModuleAndHealthTheirTime(@TempDir Path folder)
      throws Exception {
    try (ServerProcess server = start(folder)) {
      InetSocketAddress address = server.ready();
      try (SteadyLoad polite = new SteadyLoad(address, "/hello", HELLO, CONNECTIONS);
          SteadyLoad health = new SteadyLoad(address, "/healthz", HEALTHY, 2);
          CrowdProcess crowd = new CrowdProcess(address)) {
        polite.capacity(WARMING);
        double rate = LOAD * polite.capacity(WINDOW);
        polite.atRate(rate, WINDOW);
        double quiet = Latencies.medianP99("quiet", WINDOWS, () -> polite.atRate(rate, WINDOW));
        crowd.growTo(200);
        crowd.awaitAllAnswered();
        polite.atRate(rate, SETTLING);
        double crowded =
            Latencies.medianP99("beside 200", WINDOWS, () -> polite.atRate(rate, WINDOW));
        crowd.growTo(500);
        health.atRate(100, SETTLING);
        double healthy =
            Latencies.medianP99("health beside 500", WINDOWS, () -> health.atRate(100, WINDOW));
        System.out.println(crowd.answered());
        System.out.printf(
            Locale.ROOT,
            "at %.0f/s p99 %.2f ms, beside 200 %.2f ms; health beside 500 %.2f ms%n",
            rate,
            quiet,
            crowded,
            healthy);

        assertEquals(List.of(), polite.failures());
        assertEquals(List.of(), health.failures());
        assertTrue(crowded <= Math.max(3 * quiet, POLITE_MILLIS), crowded + " ms");
        assertTrue(healthy <= HEALTHY_MILLIS, healthy + " ms");
      }
    }
  }

  private static ServerProcess start(Path folder) throws IOException {
    Path project = Path.of("").toAbsolutePath();
    Files.writeString(
        folder.resolve("modules.toml"),
        "[[module]]\nroute = \"/hello\"\nmodule = \""
            + project.resolve("samples/hello-c.wasm")
            + "\"\n"
            + HostileCrowd.map(project.resolve("src/test/guests").toString()));
    // A server that stays up makes a cache of its classes, which is other work than this.
    Map<String, String> variables = Map.of("WAGI_AOT_CACHE", "off");
    return ServerProcess.start(folder, variables, "--listen", "127.0.0.1:0");
  }
}
