package wagi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wagi.config.ConfigException;
import wagi.config.ConfigSources;
import wagi.http.tls.TestCertificate;
import wagi.http.tls.TlsFiles;

/** A whole server with TLS, asked by the JDK's client. */
final class HttpsTest {
  private static final TestCertificate CERTIFICATE =
      TestCertificate.selfSigned(TestCertificate.ec(), "localhost");

  @TempDir private Path directory = Path.of("");

  private LiveServer server(String tls) throws IOException, ConfigException {
    return LiveServer.of(directory, sources(tls));
  }

  /** Guests are found by their paths in the project, certificates beside the file. */
  private ConfigSources sources(String tls) throws IOException {
    String modules = TestServer.map("environment").replace("[limits]\ntimeout = \"20s\"\n", "");
    Path map = Files.writeString(directory.resolve("modules.toml"), tls + modules);
    return ConfigSources.in(Path.of("").toAbsolutePath()).withConfig(map);
  }

  private static String get(WagiServer server, InetSocketAddress address, TestCertificate own)
      throws IOException, InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(CERTIFICATE.trusting(own)).build()) {
      URI uri =
          URI.create(server.scheme(address) + "://localhost:" + address.getPort() + "/environment");
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private static List<String> variables(String body, String... names) {
    return Stream.of(names)
        .map(n -> body.lines().filter(line -> line.startsWith(n + " = ")).findFirst().orElse(n))
        .toList();
  }

  @Test
  void guestSeesHttpsAndTheNameOfTheClient() throws Exception {
    CERTIFICATE.in(directory, "a");
    TestCertificate authority = TestCertificate.authority("CN=clients");
    Files.writeString(directory.resolve("ca.pem"), authority.pem());
    TestCertificate ada = authority.issue(TestCertificate.ec(), "CN=ada", "ada");
    try (LiveServer server =
        server("[server.tls]\ncert = \"a.pem\"\nkey = \"a.key\"\nclient_ca = \"ca.pem\"\n")) {
      InetSocketAddress address = server.address();
      String body = get(server.server(), address, ada);
      assertEquals(
          List.of(
              "HTTPS = on",
              "REQUEST_SCHEME = https",
              "SERVER_PORT = " + address.getPort(),
              "REMOTE_USER = CN=ada",
              "AUTH_TYPE = CLIENT_CERT",
              "X_FULL_URL = https://localhost:" + address.getPort() + "/environment"),
          variables(
              body,
              "HTTPS",
              "REQUEST_SCHEME",
              "SERVER_PORT",
              "REMOTE_USER",
              "AUTH_TYPE",
              "X_FULL_URL"));
      assertTrue(server.server().reloadCertificates());
    }
  }

  @Test
  void keyOfAnotherCertificateIsAProblemWithItsPlace() throws Exception {
    TlsFiles.Pair files = CERTIFICATE.in(directory, "a");
    Files.writeString(files.key(), TestCertificate.selfSigned(TestCertificate.ec(), "b").keyPem());
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () -> server("[server.tls]\ncert = \"a.pem\"\nkey = \"a.key\"\n").close());
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("modules.toml:3:7: server.tls: " + files.key() + ": the private"));
  }

  @Test
  void listenersSpeakAsTheirTableSaysAndPlainOnesRedirect() throws Exception {
    CERTIFICATE.in(directory, "a");
    int plain = FreePort.find();
    int secure = FreePort.find();
    int redirect = FreePort.find();
    ConfigSources sources =
        sources(
            """
            [server.tls]
            cert = "a.pem"
            key = "a.key"
            redirect_from = "127.0.0.1:%d"
            [[server.listener]]
            address = "127.0.0.1:%d"
            tls = false
            [[server.listener]]
            address = "127.0.0.1:%d"
            """
                .formatted(redirect, plain, secure));
    try (LiveServer live = LiveServer.asWritten(directory, sources)) {
      WagiServer server = live.server();
      List<InetSocketAddress> addresses = live.addresses();
      assertEquals(
          List.of("http " + plain, "https " + secure),
          addresses.stream().map(a -> server.scheme(a) + " " + a.getPort()).toList());
      for (InetSocketAddress address : addresses) {
        String body = get(server, address, CERTIFICATE);
        assertTrue(body.contains("\nSERVER_PORT = " + address.getPort() + "\n"), body);
      }
      assertEquals(
          "https://localhost:" + secure + "/environment", redirected(redirect, "/environment"));
    }
  }

  private static String redirected(int port, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://localhost:" + port + path);
      HttpResponse<String> response =
          client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      assertEquals(308, response.statusCode());
      return response.headers().firstValue("Location").orElse("");
    }
  }

  @Test
  void trustedProxyNamesTheClientToTheGuest() throws Exception {
    try (LiveServer server = server("[server]\ntrusted_proxies = [\"127.0.0.0/8\"]\n")) {
      InetSocketAddress address = server.address();
      String request =
          String.join(
              "\r\n",
              "GET /environment HTTP/1.1",
              "Host: inner",
              "Connection: close",
              "X-Forwarded-For: 192.0.2.1",
              "X-Forwarded-Proto: https",
              "X-Forwarded-Host: www.example.com",
              "X-Request-Id: abc",
              "",
              "");
      String body = RawHttp.exchange(address, request).body();
      assertEquals(
          List.of(
              "REMOTE_ADDR = 192.0.2.1",
              "HTTPS = on",
              "HTTP_HOST = www.example.com",
              "X_FULL_URL = https://www.example.com:443/environment",
              "HTTP_X_REQUEST_ID = abc"),
          variables(body, "REMOTE_ADDR", "HTTPS", "HTTP_HOST", "X_FULL_URL", "HTTP_X_REQUEST_ID"));
    }
  }

  @Test
  void proxyHeaderOverHttp2NeverBecomesHttpProxy() throws Exception {
    CERTIFICATE.in(directory, "a");
    try (LiveServer server = server("[server.tls]\ncert = \"a.pem\"\nkey = \"a.key\"\n");
        HttpClient client =
            HttpClient.newBuilder().sslContext(CERTIFICATE.trusting(CERTIFICATE)).build()) {
      InetSocketAddress address = server.address();
      URI uri = URI.create("https://localhost:" + address.getPort() + "/environment");
      for (String name : List.of("Proxy", "proxy", "PROXY")) {
        HttpResponse<String> response =
            client.send(
                HttpRequest.newBuilder(uri).header(name, "http://evil").header("X-A", "b").build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(HttpClient.Version.HTTP_2, response.version());
        assertTrue(response.body().contains("HTTP_X_A = b"), response.body());
        assertTrue(!response.body().contains("evil"), response.body());
      }
    }
  }
}
