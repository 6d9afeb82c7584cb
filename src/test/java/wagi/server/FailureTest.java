package wagi.server;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What clients see when modules fail, each with a real module that fails so. */
final class FailureTest {
  private record Case(String guest, int status, String sentence) {}

  private static final List<Case> CASES =
      List.of(
          new Case("trap", 500, "the module failed"),
          new Case("half-then-trap", 500, "the module failed"),
          new Case("exit-three", 500, "the module failed"),
          new Case("recurse", 500, "the module failed"),
          new Case("grow-then-trap", 500, "the module failed"),
          new Case("start-section-trap", 500, "the module failed"),
          new Case("no-output", 502, "the module's answer is not valid"),
          new Case("no-header-block", 502, "the module's answer is not valid"),
          new Case("insufficient-header", 502, "the module's answer is not valid"),
          new Case("bad-header-byte", 502, "the module's answer is not valid"),
          new Case("bad-status", 502, "the module's answer is not valid"),
          new Case("header-not-utf8", 502, "the module's answer is not valid"),
          new Case("huge-header", 502, "the module's answer is not valid"),
          new Case("many-headers", 502, "the module's answer is not valid"));

  private static final TestServer SERVER =
      TestServer.serving(
          TestServer.map(
                  Stream.concat(CASES.stream().map(Case::guest), Stream.of("exit-zero", "echo"))
                      .toArray(String[]::new))
              + """
              [[module]]
              route = "/loop"
              module = "src/test/guests/loop.wasm"
              limits = { timeout = "300ms" }
              [[module]]
              route = "/huge"
              module = "src/test/guests/huge-output.wasm"
              limits = { output = "32KiB" }
              [[module]]
              route = "/small-body"
              module = "samples/echo.wasm"
              limits = { body = "10" }
              [[module]]
              route = "/only-get"
              module = "samples/echo.wasm"
              methods = ["GET"]
              """);

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @TestFactory
  Stream<DynamicTest> failedModuleIsAnsweredByTheServer() {
    return CASES.stream()
        .map(
            wanted ->
                dynamicTest(
                    wanted.guest(),
                    () ->
                        SERVER
                            .request()
                            .get("/" + wanted.guest())
                            .then()
                            .statusCode(wanted.status())
                            .contentType("text/plain; charset=utf-8")
                            .header("X-Request-Id", matchesPattern("[0-9a-f]{16,}"))
                            .body(containsString(wanted.sentence()))
                            .body(containsString("request id: "))));
  }

  @Test
  void nothingInternalReachesTheClient() {
    String body = SERVER.request().get("/trap").body().asString();

    assertEquals(2, body.lines().count(), body);
    assertTrue(!body.contains("wasm") && !body.contains("unreachable"), body);
  }

  @Test
  void q00ExitZeroIsServed() {
    SERVER.request().get("/exit-zero").then().statusCode(200);
  }

  @Test
  void endlessLoopIs504AndOthersKeepAnswering() {
    Thread looping = Thread.ofPlatform().start(() -> SERVER.request().get("/loop"));
    for (int i = 0; i < 20; i++) {
      SERVER.request().get("/exit-zero").then().statusCode(200);
    }
    join(looping);

    SERVER.request().get("/loop").then().statusCode(504).body(containsString("took too long"));
  }

  @Test
  void q22HealthAnswersWhileEveryGuestThreadIsBusy() throws InterruptedException {
    int clients = 4 * Runtime.getRuntime().availableProcessors();
    List<Thread> looping =
        Stream.generate(() -> Thread.ofPlatform().start(() -> SERVER.request().get("/loop")))
            .limit(clients)
            .toList();

    SERVER.request().get("/healthz").then().statusCode(200).body(equalTo("OK"));

    for (Thread client : looping) {
      client.join();
    }
  }

  @Test
  void outputOverTheLimitIs502() {
    SERVER.request().get("/huge").then().statusCode(502).body(containsString("too long"));
  }

  @Test
  void bodyOverTheLimitIs413AndTheModuleNeverRuns() {
    SERVER.request().body("12345678901").post("/small-body").then().statusCode(413);
    SERVER.request().body("1234567890").post("/small-body").then().statusCode(200);
  }

  @Test
  void methodNotAllowedSaysWhichAre() {
    SERVER.request().post("/only-get").then().statusCode(405).header("Allow", "GET, HEAD");
    SERVER.request().get("/only-get").then().statusCode(not(405));
  }

  @Test
  void noRouteIs404WithTheRequestsId() {
    Response response = SERVER.request().get("/nope");

    assertEquals(404, response.statusCode());
    assertTrue(response.body().asString().contains(response.header("X-Request-Id")));
  }

  @Test
  void q17AbortedUploadNeverRunsTheModule() throws IOException {
    try (TestServer server = TestServer.serving(TestServer.map("echo"));
        Socket socket = new Socket(server.address().getAddress(), server.address().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf"
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      socket.shutdownOutput();
      InputStream in = socket.getInputStream();
      String answer = new String(in.readAllBytes(), StandardCharsets.US_ASCII);

      assertTrue(!answer.contains("200 OK"), answer);
      String log = server.accessLogAtEnd();
      assertTrue(!log.contains("\" 200 "), log);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
