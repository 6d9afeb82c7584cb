package wagi.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --dev} shows, and that nobody sees it without. */
final class ExplanationTest {
  private static final String COMPLAINS_AND_TRAPS =
      """
      (module
        (import "wasi_snapshot_preview1" "fd_write"
          (func $fd_write (param i32 i32 i32 i32) (result i32)))
        (memory (export "memory") 1)
        (data (i32.const 0) "\\10\\00\\00\\00\\1b\\00\\00\\00")
        (data (i32.const 16) "first\\0a<script>&\\"</script>\\0ab")
        (func $give_up unreachable)
        (func (export "_start")
          (drop (call $fd_write (i32.const 2) (i32.const 0) (i32.const 1) (i32.const 8)))
          (call $give_up)))
      """;

  private static TestServer explaining;
  private static TestServer silent;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    Path module = Files.writeString(directory.resolve("complains.wat"), COMPLAINS_AND_TRAPS);
    String map =
        """
        [[module]]
        route = "/complains/..."
        module = "%s"
        """
            .formatted(module);
    explaining = TestServer.explaining(TestServer.map("bad-status", "hello-c") + map);
    silent = TestServer.serving(map);
  }

  @AfterAll
  static void stop() {
    explaining.close();
    silent.close();
  }

  @Test
  void pageShowsStatusModuleRouteIdMessageAndLastLines() throws IOException {
    RawAnswer answer = RawHttp.get(explaining.address(), "/complains/x");
    String page = answer.body();

    assertEquals(500, answer.status());
    assertEquals(List.of("text/html; charset=utf-8"), answer.fields("Content-Type"));
    assertTrue(page.contains("<h1>500 Internal Server Error</h1>"), page);
    assertTrue(page.contains("<dt>module</dt><dd>complains</dd>"), page);
    assertTrue(page.contains("<dt>route</dt><dd>/complains/...</dd>"), page);
    assertTrue(page.contains("<dd>" + answer.fields("X-Request-Id").getFirst() + "</dd>"), page);
    assertTrue(page.contains("trapped: "), page);
    assertTrue(page.contains("<pre>first\n&lt;script&gt;&amp;&quot;&lt;/script&gt;\nb"), page);
  }

  @Test
  void nothingOfTheGuestIsMarkup() throws IOException {
    RawAnswer answer = RawHttp.get(explaining.address(), "/complains/x");

    assertFalse(answer.body().contains("<script>"), answer.body());
    assertTrue(
        answer.fields("Content-Security-Policy").getFirst().startsWith("default-src 'none'"));
  }

  @Test
  void invalidAnswerIsExplained() throws IOException {
    RawAnswer answer = RawHttp.get(explaining.address(), "/bad-status");

    assertEquals(502, answer.status());
    assertTrue(answer.body().contains("Status"), answer.body());
  }

  @Test
  void goodAnswerIsLeftAlone() throws IOException {
    assertEquals("hello world\n", RawHttp.get(explaining.address(), "/hello-c").body());
  }

  @Test
  void q37WithoutDevTheClientSeesASentenceAndAnId() throws IOException {
    RawAnswer answer = RawHttp.get(silent.address(), "/complains/x");
    String id = answer.fields("X-Request-Id").getFirst();

    assertEquals(500, answer.status());
    assertEquals(
        "500 Internal Server Error: the module failed\nrequest id: " + id + "\n", answer.body());
  }
}
