package wagi.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import wagi.message.Handler;
import wagi.message.Request;
import wagi.message.Responder;

/**
 * Every case of {@code src/test/resources/http} through a real nginx that keeps its connection to
 * us: whatever of it passes, one request is one run at most, and the next client's request, on the
 * same connection, is read as what it is.
 */
@Tag("apt")
final class BehindNginxTest {
  /** What would stand before the next client's request if anybody left it on a connection. */
  private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a\r\nX-Ignored: ";

  /** What nginx or we may refuse a request with; not that one of us could not follow the other. */
  private static final Set<Integer> REFUSALS = Set.of(400, 405, 413, 414, 417, 431, 501, 505);

  private static final Pattern CHUNKED_ALONE =
      Pattern.compile("POST \\S+ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: [Cc]hunked\r\n\r\n");

  private static final AtomicInteger INNOCENT = new AtomicInteger();

  @SuppressWarnings("NullAway.Init")
  private static Runs runs;

  @SuppressWarnings("NullAway.Init")
  private static RunningServer server;

  @SuppressWarnings("NullAway.Init")
  private static Nginx nginx;

  /** What reached a handler, and where from. */
  private record Run(String line, int port) {}

  /** Echoes, and keeps what it was asked. */
  private record Runs(Echo echo, List<Run> all, Semaphore heads) implements Handler {
    @Override
    public void handle(Request request, Responder responder) {
      String line = request.method() + " " + request.target().text() + " " + request.protocol();
      all.add(new Run(line, request.connection().remote().getPort()));
      echo.handle(request, responder);
    }

    @Override
    public long bodyLimit(Request head) {
      heads.release();
      return echo.bodyLimit(head);
    }
  }

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    runs = new Runs(new Echo(1000), new CopyOnWriteArrayList<>(), new Semaphore(0));
    server = new RunningServer(runs);
    nginx = new Nginx(directory, server.address);
  }

  @AfterAll
  static void stop() throws IOException {
    nginx.close();
    server.close();
  }

  @TestFactory
  List<DynamicTest> cases() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (HttpCase one : HttpCase.all()) {
      for (Nginx.Front front : Nginx.Front.values()) {
        String name = front + " " + one.file() + ": " + one.name();
        tests.add(DynamicTest.dynamicTest(name, () -> run(one, front)));
      }
    }
    return tests;
  }

  private static void run(HttpCase one, Nginx.Front front) throws IOException {
    for (String more : List.of("", SMUGGLED)) {
      innocent(front);
      check(one, ask(front, one.request() + more, one.isHead()));
      innocent(front);
    }
  }

  private static void check(HttpCase one, List<RawClient.Response> answers) throws IOException {
    List<Run> reached = List.copyOf(runs.all);
    String seen = reached + "\n" + answers + "\n" + server.refusals + "\n" + nginx.log();
    answers.forEach(answer -> checkAnswer(answer, seen));
    long echoes = answers.stream().filter(BehindNginxTest::isEcho).count();
    assertEquals(echoes, reached.size(), seen);
    assertTrue(answers.size() <= requestsIn(one), seen);
    assertTrue(reached.stream().noneMatch(run -> run.line.contains("/smuggled")), seen);
  }

  private static int requestsIn(HttpCase one) {
    return one.request().contains("\r\n\r\nGET ") ? 2 : 1;
  }

  /** Sends what another client would, and gets the answer to that. */
  private static Run innocent(Nginx.Front front) throws IOException {
    String line = "GET /innocent-" + INNOCENT.incrementAndGet() + " HTTP/1.1";
    List<RawClient.Response> answers = ask(front, line + "\r\nHost: a\r\nX-Own: 1\r\n\r\n", false);
    assertEquals(1, answers.size(), answers + nginx.log());
    assertEquals(200, answers.getFirst().status(), answers + nginx.log());
    List<String> body = answers.getFirst().body().lines().toList();
    assertEquals(line, body.getFirst());
    assertTrue(body.contains("X-Own: 1"), body::toString);
    assertEquals("body 0", body.getLast());
    assertEquals(List.of(line), runs.all.stream().map(Run::line).toList());
    return runs.all.getFirst();
  }

  private static List<RawClient.Response> ask(Nginx.Front front, String bytes, boolean head)
      throws IOException {
    try (RawClient client = begin(front, bytes)) {
      return answers(client, head);
    }
  }

  private static RawClient begin(Nginx.Front front, String bytes) throws IOException {
    runs.all.clear();
    runs.heads.drainPermits();
    server.refusals.clear();
    return nginx.connect(front).send(bytes);
  }

  /** Says that no more comes, and reads all that was answered. */
  private static List<RawClient.Response> answers(RawClient client, boolean head)
      throws IOException {
    client.endSending();
    List<RawClient.Response> answers = new ArrayList<>();
    while (!client.peek(1).isEmpty()) {
      if (!client.peek(5).equals("HTTP/")) {
        return List.of(bodyAlone(client.peek(8000)));
      }
      if (client.peek(12).equals("HTTP/1.1 100")) {
        client.receive(false);
      } else {
        answers.add(client.receive(!head));
      }
    }
    return answers;
  }

  /** Reads what nginx gives to HTTP/0.9. */
  private static RawClient.Response bodyAlone(String body) {
    Matcher refusal = Pattern.compile("(\\d{3} .*)\nrequest id: (.*)\n").matcher(body);
    return refusal.matches()
        ? new RawClient.Response(
            "HTTP/0.9 " + refusal.group(1), List.of("X-Request-Id: " + refusal.group(2)), body)
        : new RawClient.Response("HTTP/0.9 200", List.of("X-Echo: yes"), body);
  }

  private static boolean isEcho(RawClient.Response answer) {
    return !answer.header("X-Echo").isEmpty();
  }

  /** It is an echo, a refusal of ours that the listener heard of, or nginx's own. */
  private static void checkAnswer(RawClient.Response answer, String seen) {
    String id = answer.header("X-Request-Id");
    if (isEcho(answer)) {
      assertEquals(200, answer.status(), seen);
      return;
    }
    assertTrue(REFUSALS.contains(answer.status()), seen);
    if (!id.isEmpty()) {
      assertTrue(
          server.refusals.stream()
              .anyMatch(r -> r.requestId().equals(id) && r.status() == answer.status()),
          seen);
    } else {
      assertEquals("nginx", answer.header("Server").replaceAll("/.*", ""), seen);
    }
  }

  /** Without this the rest would prove little. */
  @Test
  void nextClientIsOnTheSameConnection() throws IOException {
    for (Nginx.Front front : Nginx.Front.values()) {
      int port = innocent(front).port;
      assertEquals(port, innocent(front).port);
      ask(front, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", false);
      assertEquals(port, innocent(front).port);
    }
  }

  /** Only then does nginx pass chunks on; what it knows whole has a length. */
  @TestFactory
  List<DynamicTest> chunksThatComeLater() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (HttpCase one : HttpCase.all()) {
      if (CHUNKED_ALONE.matcher(one.request()).lookingAt()) {
        for (Nginx.Front front : List.of(Nginx.Front.STREAMING, Nginx.Front.LENIENT)) {
          tests.add(DynamicTest.dynamicTest(front + " " + one.name(), () -> runLater(one, front)));
        }
      }
    }
    assertTrue(tests.size() >= 20, "cases: " + tests.size());
    return tests;
  }

  private static void runLater(HttpCase one, Nginx.Front front)
      throws IOException, InterruptedException {
    int head = one.request().indexOf("\r\n\r\n") + 4;
    for (String more : List.of("", SMUGGLED)) {
      innocent(front);
      try (RawClient client = begin(front, one.request().substring(0, head))) {
        assertTrue(runs.heads.tryAcquire(10, TimeUnit.SECONDS), "the head does not come");
        client.send(one.request().substring(head) + more);
        List<RawClient.Response> answers = answers(client, false);
        check(one, answers);
        answers.stream()
            .filter(BehindNginxTest::isEcho)
            .findFirst()
            .ifPresent(a -> assertTrue(a.body().contains("\nTransfer-Encoding: chunked\n")));
      }
      innocent(front);
    }
  }
}
