package wagi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The pod manifest of 2021, byte for byte, with its images found as files. */
final class PodManifestTest {
  private static final ServerLog LOG = new ServerLog();
  private static final TestServer SERVER =
      LOG.of(
          () ->
              TestServer.configured(
                  Path.of("src/test/resources/config/wasi-example.yaml"), Path.of("samples")));

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void helloAnswersHelloWorld() throws IOException {
    assertEquals("hello world\n", get("/hello", 200).body());
    assertEquals("hello world\n", get("/hello/below", 200).body());
  }

  @Test
  void slashLinksToTheOthers() throws IOException {
    String body = get("/", 200).body();

    for (String path : new String[] {"/hello", "/error", "/log", "/http-example"}) {
      assertTrue(body.contains("\"" + path + "\""), body);
    }
  }

  @Test
  void errorIs404() throws IOException {
    assertEquals("Not Found\n", get("/error", 404).body());
  }

  @Test
  void logIsAnsweredAndLogged() throws IOException {
    assertTrue(get("/log", 200).body().startsWith("Oh hi world\n"));
    assertEquals(1, LOG.count("Some logging"), LOG.text());
  }

  @Test
  void httpExampleSaysWhatIsNotThere() throws IOException {
    get("/http-example", 502);
  }

  @Test
  void routeThatNoContainerHasIs404() throws IOException {
    get("/nope", 404);
  }

  private static RawAnswer get(String path, int status) throws IOException {
    RawAnswer answer = RawHttp.get(SERVER.address(), path);
    assertEquals(status, answer.status(), answer.head());
    return answer;
  }
}
