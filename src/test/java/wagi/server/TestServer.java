package wagi.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.restassured.RestAssured;
import io.restassured.config.RedirectConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import wagi.config.ConfigException;
import wagi.config.ConfigReader;
import wagi.config.ConfigSources;

/** A whole server on a port of its own, from the text of a module map. */
public final class TestServer implements AutoCloseable {
  private final Path folder;
  private final ByteArrayOutputStream accessLog = new ByteArrayOutputStream();
  private final WagiServer server;
  private final InetSocketAddress address;

  private TestServer(Path folder, boolean dev, ConfigSources sources)
      throws ConfigException, IOException {
    this.folder = folder;
    server =
        WagiServer.load(
            ConfigReader.read(sources),
            new ServerOptions(dev, (m, d, n) -> {}, accessLog, null, null));
    address = server.listen().getFirst();
  }

  /** Serves a module map; guests and samples are found by their paths in the project. */
  public static TestServer serving(String map) {
    return start(false, map);
  }

  public static TestServer explaining(String map) {
    return start(true, map);
  }

  /** Serves a file of the project. */
  public static TestServer configured(Path file) {
    return configured(sources().withConfig(file));
  }

  public static TestServer configured(Path file, Path modulesDir) {
    return configured(sources().withConfig(file).withModulesDir(modulesDir));
  }

  private static TestServer configured(ConfigSources sources) {
    try {
      return new TestServer(Files.createTempDirectory("wagi-test-"), false, sources);
    } catch (ConfigException | IOException e) {
      throw new AssertionError("the server does not start: " + e.getMessage(), e);
    }
  }

  private static ConfigSources sources() {
    return ConfigSources.in(Path.of("").toAbsolutePath()).withListen("127.0.0.1:0");
  }

  private static TestServer start(boolean dev, String map) {
    try {
      Path folder = Files.createTempDirectory("wagi-test-");
      Path file = Files.writeString(folder.resolve("modules.toml"), map);
      return new TestServer(folder, dev, sources().withConfig(file));
    } catch (ConfigException | IOException e) {
      throw new AssertionError("the server does not start: " + e.getMessage(), e);
    }
  }

  /** A map with one route for each of these guests, by its name. */
  public static String map(String... guests) {
    StringBuilder map = new StringBuilder("[limits]\ntimeout = \"20s\"\n");
    for (String guest : guests) {
      Path file = Path.of("src/test/guests", guest + ".wasm");
      Path found = Files.exists(file) ? file : Path.of("samples", guest + ".wasm");
      map.append("[[module]]\nroute = \"/")
          .append(guest)
          .append("\"\nmodule = \"")
          .append(found)
          .append("\"\n");
    }
    return map.toString();
  }

  public RequestSpecification request() {
    return RestAssured.given()
        .config(
            RestAssuredConfig.config()
                .redirect(RedirectConfig.redirectConfig().followRedirects(false)))
        .baseUri("http://127.0.0.1")
        .port(address.getPort());
  }

  public InetSocketAddress address() {
    return address;
  }

  public WagiServer server() {
    return server;
  }

  /** Returns what the access log says so far; the last lines may still be on their way. */
  public String accessLog() {
    return accessLog.toString(UTF_8);
  }

  /** Stops the server and returns what its access log says. */
  public String accessLogAtEnd() {
    server.close();
    return accessLog.toString(UTF_8);
  }

  @Override
  public void close() {
    server.close();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new AssertionError("cleaning " + folder, e);
    }
  }
}
