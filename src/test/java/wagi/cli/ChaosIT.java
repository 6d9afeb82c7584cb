package wagi.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wagi.server.Await;
import wagi.server.RawHttp;

/** The packaged server where the system denies it what it needs. */
final class ChaosIT {
  private static final Path HELLO = Path.of("samples/hello-c.wasm").toAbsolutePath();

  @TempDir private Path folder = Path.of("");

  private void map(String module) throws IOException {
    Path fresh = folder.resolve("new");
    Files.writeString(fresh, "[[module]]\nroute = \"/hello\"\nmodule = \"" + module + "\"\n");
    Files.move(
        fresh, folder.resolve("modules.toml"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private ServerProcess start() throws IOException {
    return ServerProcess.start(
        folder,
        Map.of("WAGI_AOT_CACHE", "off"),
        "--listen",
        "127.0.0.1:0",
        "--module-cache",
        "code");
  }

  private static void assertServes(InetSocketAddress address) throws IOException {
    assertEquals("hello world\n", RawHttp.get(address, "/hello").body());
  }

  @Test
  void killedAtAnyMomentItServesAtItsNextStart() throws Exception {
    map(HELLO.toString());
    for (int i = 0; i < 6; i++) {
      try (ServerProcess server = start()) {
        // from the JVM's own start through the compiling and the writing of code
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200 + 200L * i));
        server.signal("KILL");
      }
    }
    try (ServerProcess server = start()) {
      assertServes(server.ready());
    }
    try (ServerProcess server = start()) {
      assertServes(server.ready());
      assertTrue(!server.err().contains("WARN"), server.err());
    }
  }

  @Test
  void killedInAReloadItServesAtItsNextStart() throws Exception {
    map(HELLO.toString());
    for (int i = 0; i < 3; i++) {
      try (ServerProcess server = start()) {
        server.ready();
        map(folder.resolve("copy-" + i + ".wasm").toString());
        Files.copy(HELLO, folder.resolve("copy-" + i + ".wasm"));
        server.signal("HUP");
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10 + 30L * i));
        server.signal("KILL");
      }
    }
    try (ServerProcess server = start()) {
      assertServes(server.ready());
    }
  }

  @Test
  void outOfDescriptorsItLivesOnAndRecovers() throws Exception {
    map(HELLO.toString());
    try (ServerProcess server =
        ServerProcess.limited(folder, "ulimit -n 96", "--listen", "127.0.0.1:0")) {
      InetSocketAddress address = server.ready();
      List<Socket> many = new ArrayList<>();
      for (int i = 0; i < 150; i++) {
        many.add(new Socket(address.getAddress(), address.getPort()));
      }
      Await.until("it runs out", () -> server.err().contains("Too many open files"));
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
      long lines = server.err().lines().filter(l -> l.contains("Too many open files")).count();
      for (Socket socket : many) {
        socket.close();
      }
      assertServes(address);
      assertTrue(lines < 10, lines + " lines say so");
    }
  }

  @Test
  void withNoRoomOnTheDiskALargeBodyIs503AndModulesAreServed() throws Exception {
    map(Path.of("samples/upload.wasm").toAbsolutePath().toString());
    try (ServerProcess server =
        ServerProcess.limited(
            folder, "ulimit -f 40", "--listen", "127.0.0.1:0", "--module-cache", "code")) {
      InetSocketAddress address = server.ready();
      String body = "x".repeat(300_000);
      String answer =
          RawHttp.exchange(
                  address,
                  "POST /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
              .head();
      assertTrue(answer.startsWith("HTTP/1.1 503 "), answer + server.err());
      assertEquals(200, RawHttp.get(address, "/hello").status());
    }
  }

  private static final String HEAVY =
      """
      ;; Has 24 MiB, writes them all, and rests with them.
      (module
        (import "wasi_snapshot_preview1" "poll_oneoff"
          (func $poll_oneoff (param i32 i32 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "fd_write"
          (func $fd_write (param i32 i32 i32 i32) (result i32)))
        (memory (export "memory") 384)
        (data (i32.const 0) "\\20\\00\\00\\00\\1f\\00\\00\\00")
        (data (i32.const 32) "content-type: text/plain\\0a\\0aheld\\0a")
        (func (export "_start")
          (memory.fill (i32.const 65536) (i32.const 1) (i32.const 25034752))
          (i32.store (i32.const 1040) (i32.const 1))
          (i64.store (i32.const 1048) (i64.const 500000000))
          (drop (call $poll_oneoff (i32.const 1024) (i32.const 1088) (i32.const 1) (i32.const 1120)))
          (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))
      """;

  private ServerProcess startWithLittleHeap() throws IOException {
    Map<String, String> variables = Map.of("WAGI_AOT_CACHE", "off", "JDK_JAVA_OPTIONS", "-Xmx64m");
    return ServerProcess.start(folder, variables, "--listen", "127.0.0.1:0");
  }

  @Test
  void guestsThatTheHeapHasNoRoomForAreRefusedWithTheReason() throws Exception {
    map(HELLO.toString());
    Files.writeString(folder.resolve("heavy.wat"), HEAVY);
    Files.writeString(
        folder.resolve("modules.toml"),
        """
        [[module]]
        route = "/heavy"
        module = "heavy.wat"
        [[module]]
        route = "/greedy"
        module = "%s"
        limits = { memory = "1GiB" }
        """
            .formatted(Path.of("src/test/guests/grow-then-trap.wasm").toAbsolutePath()),
        StandardOpenOption.APPEND);
    try (ServerProcess server = startWithLittleHeap()) {
      InetSocketAddress address = server.ready();
      assertEquals(500, RawHttp.get(address, "/greedy").status());
      List<RawHttp> clients = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        clients.add(RawHttp.to(address).send(RawHttp.get("/heavy")));
      }
      assertServes(address);
      Set<Integer> statuses = new TreeSet<>();
      for (RawHttp client : clients) {
        statuses.add(client.rest().status());
        client.close();
      }
      assertEquals(Set.of(200, 503), statuses, server.err());
      assertEquals("held\n", RawHttp.get(address, "/heavy").body());
      assertTrue(server.err().contains("it had been refused memory"), server.err());
      assertTrue(
          server
              .err()
              .contains(
                  "not started: all guests have 60 % of the heap, the most;" + " -Xmx raises it"),
          server.err());
      assertTrue(!server.err().contains("OutOfMemoryError"), server.err());
    }
  }

  @Test
  void bodiesThatTheHeapHasNoRoomForAreRefusedAndItLivesOn() throws Exception {
    map(HELLO.toString());
    String unfinished =
        "POST /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 65000\r\n\r\n" + "x".repeat(60_000);
    List<RawHttp> many = new ArrayList<>();
    try (ServerProcess server = startWithLittleHeap()) {
      InetSocketAddress address = server.ready();
      for (int i = 0; i < 1500; i++) {
        many.add(RawHttp.to(address).send(unfinished));
      }
      assertServes(address);
      assertTrue(many.getLast().rest().head().startsWith("HTTP/1.1 503 "), server.err());
      assertTrue(
          server.err().contains("bodies have an eighth of the heap, the most; -Xmx raises it"),
          server.err());
      assertTrue(!server.err().contains("OutOfMemoryError"), server.err());
    } finally {
      for (RawHttp one : many) {
        one.close();
      }
    }
  }
}
