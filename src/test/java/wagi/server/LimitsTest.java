package wagi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import wagi.message.Limit;

/**
 * Reaches every limit there is, each with a module or a client of its own, and reads what the log
 * says of it. {@code server/limits.txt} has the sentences, or which test reads them.
 */
final class LimitsTest {
  /** How a limit is reached. Throws what a broken connection throws. */
  private interface Reach {
    void run() throws IOException;
  }

  private static final Pattern ELSEWHERE = Pattern.compile("in ([\\w.]+)\\.(\\w+)");
  private static final ServerLog LOG = new ServerLog();
  private static final Path CASES = Path.of("src/test/resources/server");
  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    String map = map(directory);
    server = LOG.of(() -> TestServer.serving(map));
  }

  /** The modules, with a volume in this directory. */
  static String map(Path directory) throws IOException {
    Files.writeString(directory.resolve("note"), "a file");
    return Files.readString(CASES.resolve("limits.toml"))
        .formatted(CASES.resolve("limits.wat").toAbsolutePath(), directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static InetSocketAddress address() {
    return server.address();
  }

  private static Map<String, String> sentences() throws IOException {
    Map<String, String> sentences = new LinkedHashMap<>();
    for (String line : Files.readAllLines(CASES.resolve("limits.txt"))) {
      String[] parts = line.split(": ", 2);
      sentences.put(parts[0], parts[1]);
    }
    return sentences;
  }

  @TestFactory
  Stream<DynamicTest> limitIsToldWithItsNameItsSizeAndWhatRaisesIt() throws IOException {
    Map<String, String> sentences = sentences();
    return Stream.of(Limit.values())
        .map(limit -> dynamicTest(limit.key(), () -> check(limit, sentences)));
  }

  private static void check(Limit limit, Map<String, String> sentences) throws IOException {
    String sentence = sentences.get(limit.key());
    Matcher elsewhere = ELSEWHERE.matcher(sentence);
    if (elsewhere.matches()) {
      assertExists(elsewhere.group(1), elsewhere.group(2));
      return;
    }
    reach(limit).run();
    Await.until(
        "the log says of " + limit + ": " + sentence + "\n" + LOG.text(),
        () -> LOG.text().lines().anyMatch(line -> line.endsWith(sentence)));
  }

  private static void assertExists(String type, String method) {
    try {
      Class<?> there = Class.forName(type);
      assertTrue(
          Arrays.stream(there.getDeclaredMethods()).anyMatch(m -> m.getName().equals(method)),
          type + "." + method);
    } catch (ClassNotFoundException e) {
      throw new AssertionError("no test " + type, e);
    }
  }

  /** A limit without a case here does not compile. */
  private static Reach reach(Limit limit) {
    return switch (limit) {
      case MEMORY, OUTPUT, OUTPUT_HEADER, STDERR, OPEN_FILES, TIMEOUT -> asking(limit);
      case BODY -> () -> RawHttp.exchange(address(), post("/body", 11, "12345678901"));
      case ENVIRONMENT -> () -> RawHttp.exchange(address(), withField("/environment", "X-A", 2000));
      case QUEUE, QUEUE_TIMEOUT, CONCURRENCY -> () -> askWhileBusy("/" + limit.key());
      case GUESTS, BACKGROUND -> () -> askUntilTold("/" + limit.key(), limit);
      case CONNECTIONS -> LimitsTest::connectOften;
      case HEADER_TIMEOUT -> () -> sendAndWait("GET / HTTP/1.1\r\nHo");
      case BODY_TIMEOUT -> () -> sendAndWait(post("/loose", 10, "half"));
      case WRITE_TIMEOUT -> LimitsTest::readNothing;
      case REQUEST_LINE ->
          () -> RawHttp.exchange(address(), RawHttp.get("/" + "a".repeat(17 << 10)));
      case HEADER_BLOCK -> () -> RawHttp.exchange(address(), withField("/", "X-A", 33 << 10));
      case HEADER_FIELDS -> () -> RawHttp.exchange(address(), withFields(128));
      case HEAP, NEW_MEMORY, BODY_MEMORY, BODY_DISK ->
          () -> {
            throw new AssertionError("reached in a server of its own");
          };
    };
  }

  private static Reach asking(Limit limit) {
    return () -> RawHttp.get(address(), "/" + limit.key());
  }

  @Test
  void configurationPageNamesThemAll() throws IOException {
    List<String> named =
        Files.readAllLines(Path.of("docs/configuration.md")).stream()
            .dropWhile(line -> !line.startsWith("| reached |"))
            .skip(2)
            .takeWhile(line -> line.startsWith("| `"))
            .map(line -> line.split("`", 3)[1])
            .toList();

    assertEquals(Stream.of(Limit.values()).map(Limit::key).toList(), named);
  }

  private static void askWhileBusy(String path) throws IOException {
    try (RawHttp first = RawHttp.to(address()).send(RawHttp.get(path))) {
      first.readUntil("tick\n");
      assertEquals(503, RawHttp.get(address(), path).status());
    }
  }

  private static void askUntilTold(String path, Limit limit) throws IOException {
    List<RawHttp> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 60; i++) {
        clients.add(RawHttp.to(address()).send(RawHttp.get(path)));
      }
      Await.until(limit + " is told", () -> LOG.count("module " + limit.key() + " ") > 0);
    } finally {
      for (RawHttp client : clients) {
        client.close();
      }
    }
  }

  private static void connectOften() throws IOException {
    List<RawHttp> clients = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      clients.add(RawHttp.to(address()));
    }
    Await.until("the last is accepted", () -> LOG.count("connections are open") > 0);
    for (RawHttp client : clients) {
      client.close();
    }
  }

  private static void sendAndWait(String part) throws IOException {
    try (RawHttp client = RawHttp.to(address()).send(part)) {
      client.readToEnd();
    }
  }

  private static void readNothing() throws IOException {
    try (RawHttp client = RawHttp.to(address()).send(RawHttp.get("/write_timeout"))) {
      client.readUntil("\r\n\r\n");
      Await.until("it is given up", () -> LOG.count("server.write_timeout") > 0);
    }
  }

  static String post(String path, int length, String body) {
    return "POST %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(path, length, body);
  }

  static String withField(String path, String name, int length) {
    return "GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n%s: %s\r\n\r\n"
        .formatted(path, name, "x".repeat(length));
  }

  static String withFields(int count) {
    return "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
        + "X-A: b\r\n".repeat(count)
        + "\r\n";
  }
}
