package wagi.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import wagi.http.tls.TestCertificate;

/** Every case of {@code src/test/resources/http}, in plain and inside TLS. */
class HttpCasesTest {
  @SuppressWarnings("NullAway.Init")
  private static RunningServer server;

  @SuppressWarnings("NullAway.Init")
  private static RunningServer secure;

  @TempDir private static Path directory = Path.of("");

  private static final TestCertificate CERTIFICATE =
      TestCertificate.selfSigned(TestCertificate.ec(), "a");

  @BeforeAll
  static void start() throws Exception {
    server = new RunningServer(new Echo(1000));
    secure = new RunningServer(new Echo(1000), new ListenOptions(CERTIFICATE.tls(directory)));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    secure.close();
  }

  private static RawClient secured() throws IOException {
    return new RawClient(
        CERTIFICATE
            .trusting()
            .getSocketFactory()
            .createSocket(secure.address.getAddress(), secure.address.getPort()));
  }

  @TestFactory
  List<DynamicTest> cases() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (HttpCase one : HttpCase.all()) {
      String name = one.file() + ": " + one.name();
      tests.add(DynamicTest.dynamicTest(name, () -> run(one, server.connect(), server)));
      tests.add(DynamicTest.dynamicTest("TLS " + name, () -> run(one, secured(), secure)));
    }
    assertTrue(tests.size() >= 120, "cases: " + tests.size());
    return tests;
  }

  private static void run(HttpCase one, RawClient connected, RunningServer at) throws IOException {
    try (RawClient client = connected) {
      client.send(one.request());
      boolean closes = one.expected().contains("closed");
      if (!one.expected().getFirst().equals("closed")) {
        RawClient.Response response = client.receive(!one.request().startsWith("HEAD"));
        one.expected().forEach(line -> check(line, response));
        if (response.status() >= 400) {
          checkError(response, one.request().startsWith("HEAD"), at);
        }
      }
      if (closes) {
        assertTrue(client.atEnd(), "the connection is still open");
      } else {
        client.send("GET /again HTTP/1.1\r\nHost: a\r\n\r\n");
        assertTrue(client.receive().body().startsWith("GET /again"), "a second request");
      }
    }
  }

  private static void check(String line, RawClient.Response response) {
    String all = String.join("\n", response.headers()) + "\n\n" + response.body();
    if (line.startsWith("HTTP/")) {
      assertEquals(line, response.statusLine(), all);
    } else if (line.startsWith("> ")) {
      assertTrue(response.body().lines().anyMatch(line.substring(2)::equals), line + "\n" + all);
    } else if (line.startsWith("!> ")) {
      assertFalse(response.body().contains(line.substring(3)), line + "\n" + all);
    } else if (line.startsWith("!")) {
      assertEquals("", response.header(line.substring(1)), all);
    } else if (!line.equals("closed")) {
      assertTrue(response.headers().contains(line), line + "\n" + all);
    }
  }

  /** Every error has an id, which the listener was told too, and says that it closes. */
  private static void checkError(RawClient.Response response, boolean head, RunningServer at) {
    String id = response.header("X-Request-Id");
    assertTrue(id.matches("[0-9a-f]{16}"), "X-Request-Id: " + id);
    assertEquals("close", response.header("Connection"));
    assertTrue(head || response.body().contains("request id: " + id), response.body());
    assertTrue(
        at.refusals.stream()
            .anyMatch(r -> r.requestId().equals(id) && r.status() == response.status()),
        "the listener did not hear of it");
  }
}
