package wagi.observe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wagi.message.Body;
import wagi.message.Connection;
import wagi.message.Handler;
import wagi.message.Headers;
import wagi.message.Pause;
import wagi.message.Request;
import wagi.message.Responder;
import wagi.message.Target;

final class HealthTest {
  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST", "PATCH"})
  void answersOkToAnyMethod(String method) {
    assertEquals(
        "200 text/plain OK",
        ask("/healthz", HealthTest::noModule, request(method, "/healthz", null)));
  }

  @Test
  void queryDoesNotMatter() {
    assertEquals(
        "200 text/plain OK",
        ask("/healthz", HealthTest::noModule, request("GET", "/healthz", "a=b")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/healthz/", "/healthz/x", "/Healthz", "//healthz", "/health%7a"})
  void otherPathsGoToTheHandler(String path) {
    assertEquals(
        "404 null next", ask("/healthz", HealthTest::noModule, request("GET", path, null)));
  }

  @Test
  void pathIsConfigured() {
    assertEquals(
        "200 text/plain OK", ask("/live", HealthTest::noModule, request("GET", "/live", null)));
    assertEquals(
        "404 null next", ask("/live", HealthTest::noModule, request("GET", "/healthz", null)));
  }

  @Test
  void emptyPathTurnsItOff() {
    assertEquals("404 null next", ask("", HealthTest::noModule, request("GET", "/healthz", null)));
    assertEquals("404 null next", ask("", HealthTest::noModule, request("GET", "", null)));
  }

  @Test
  void routeOfAModuleWins() {
    assertEquals("404 null next", ask("/healthz", any -> true, request("GET", "/healthz", null)));
  }

  @Test
  void routeOfAModuleWinsForItsHostOnly() {
    Predicate<Request> module = request -> "a.example".equals(request.host());

    assertEquals("404 null next", ask("/healthz", module, hosted("a.example")));
    assertEquals("200 text/plain OK", ask("/healthz", module, hosted("b.example")));
  }

  @Test
  void bodyLimitIsTheHandlersForItsRequests() {
    Health health = new Health("/healthz", HealthTest::noModule, new Next());

    assertEquals(65_536, health.bodyLimit(request("POST", "/healthz", null)));
    assertEquals(7, health.bodyLimit(request("POST", "/x", null)));
  }

  private static boolean noModule(Request request) {
    return false;
  }

  private static String ask(String path, Predicate<Request> modules, Request request) {
    RecordingResponder responder = new RecordingResponder();
    new Health(path, modules, new Next()).handle(request, responder);
    return responder.answer;
  }

  private static Request hosted(String host) {
    return request("GET", "/healthz", null, Headers.of("Host", host));
  }

  private static Request request(String method, String path, @Nullable String query) {
    return request(method, path, query, Headers.none());
  }

  private static Request request(
      String method, String path, @Nullable String query, Headers headers) {
    InetSocketAddress address = new InetSocketAddress(1);
    Connection connection = new Connection("http", address, address);
    Target target = new Target(path, query);
    return new Request("id", method, target, "HTTP/1.1", headers, Body.EMPTY, connection);
  }

  private static final class Next implements Handler {
    @Override
    public void handle(Request request, Responder responder) {
      responder.answer(404, Headers.none(), "next".getBytes(US_ASCII));
    }

    @Override
    public long bodyLimit(Request head) {
      return 7;
    }
  }

  private static final class RecordingResponder implements Responder {
    String answer = "none";

    @Override
    public void answer(int status, Headers headers, byte[] body) {
      answer = status + " " + headers.first("Content-Type") + " " + new String(body, US_ASCII);
    }

    @Override
    public void begin(int status, Headers headers) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(byte[] bytes, int offset, int length, Pause pause) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void end() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void abort() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void onClientGone(Runnable action) {
      throw new UnsupportedOperationException();
    }
  }
}
