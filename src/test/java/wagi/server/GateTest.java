package wagi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Requests that never reach a module, beside their neighbours that do. */
final class GateTest {
  private static final String HOST = "Host: localhost:3000\n";
  private static final TestServer SERVER =
      TestServer.serving(
          """
          [[module]]
          route = "/..."
          module = "samples/environment.wasm"
          """);

  private static final Map<String, Integer> TARGETS =
      Map.ofEntries(
          Map.entry("/a/../b", 400),
          Map.entry("/a/%2e%2e/b", 400),
          Map.entry("/a/./b", 400),
          Map.entry("/a/..b", 200),
          Map.entry("/a%00b", 400),
          Map.entry("/a%0ab", 400),
          Map.entry("/a%20b", 200),
          Map.entry("/%zz", 400),
          Map.entry("/%2", 400),
          Map.entry("/%25", 200),
          Map.entry("/%c0%af", 400),
          Map.entry("/%c3%bc", 200),
          Map.entry("/a\\b", 400),
          Map.entry("/a//b;x=y", 200));

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @TestFactory
  Stream<DynamicTest> q28TargetIsJudgedBeforeAModuleSeesIt() {
    return TARGETS.entrySet().stream()
        .map(
            target ->
                dynamicTest(
                    target.getKey(),
                    () -> assertEquals(target.getValue(), status(target.getKey(), HOST))));
  }

  @Test
  void q23AbsoluteTargetMustAgreeWithHost() throws IOException {
    assertEquals(200, status("http://localhost:3000/x", HOST));
    assertEquals(400, status("http://other/x", HOST));
  }

  @Test
  void hostMustBeOneHost() throws IOException {
    assertEquals(200, status("/", "Host: [::1]:3000\n"));
    assertEquals(400, status("/", ""));
    assertEquals(400, status("/", "Host: a\nHost: b\n"));
    assertEquals(400, status("/", "Host: a b\n"));
  }

  @Test
  void refusalHasTheRequestsId() throws IOException {
    RawAnswer answer = get("/a/../b", HOST);
    String id = answer.fields("X-Request-Id").getFirst();

    assertTrue(answer.body().endsWith("request id: " + id + "\n"), answer.body());
  }

  private static int status(String target, String host) throws IOException {
    return get(target, host).status();
  }

  private static RawAnswer get(String target, String host) throws IOException {
    String request = "GET " + target + " HTTP/1.1\n" + host + "Connection: close\n\n";
    return RawHttp.exchange(SERVER.address(), RawHttp.wire(request));
  }
}
