package wagi.launch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the JVM watches to fill the {@link AotCache}: a server of the demo's modules that starts,
 * answers for a while, and stops.
 */
public final class TrainingRun {
  private static final List<String> MODULES = List.of("environment", "echo");

  /** Text is a module too, and what turns it into one is large. */
  private static final String TEXT =
      """
      (module
        (import "wasi_snapshot_preview1" "fd_write"
          (func $fd_write (param i32 i32 i32 i32) (result i32)))
        (memory (export "memory") 1)
        (data (i32.const 16) "Content-Type: text/plain\\n\\nhello\\n")
        (data (i32.const 0) "\\10\\00\\00\\00\\20\\00\\00\\00")
        (func (export "_start")
          (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))
      """;

  private static final int REQUESTS = 1000;
  private static final long POLL_MILLIS = 20;
  private static final Pattern READY = Pattern.compile("http://127\\.0\\.0\\.1:([0-9]+),");

  private TrainingRun() {}

  /** Takes the configuration that {@link #prepare} wrote. */
  public static void main(String[] arguments) throws Throwable {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, ISO_8859_1));
    Thread client = new Thread(() -> use(said), "training-client");
    client.setDaemon(true);
    client.start();
    // As a launcher starts it, so that its own classes are learned too.
    String self = Long.toString(ProcessHandle.current().pid());
    System.setProperty(JvmCommand.LAUNCHER_PROPERTY, self);
    String[] server = {"--config", arguments[0], "--listen", "127.0.0.1:0"};
    Launcher.launch(server, JvmSearch.ofThisMachine());
  }

  /** Fills a directory with what the run serves, and returns the configuration. */
  static Path prepare(Path directory) throws IOException {
    StringBuilder toml = new StringBuilder();
    for (String module : MODULES) {
      try (InputStream wasm = TrainingRun.class.getResourceAsStream("/demo/" + module + ".wasm")) {
        if (wasm == null) {
          throw new IOException("the jar has no module " + module);
        }
        Files.copy(wasm, directory.resolve(module + ".wasm"));
      }
      toml.append(table(module, module + ".wasm"));
    }
    Files.writeString(directory.resolve("text.wat"), TEXT);
    toml.append(table("text", "text.wat"));
    return Files.writeString(directory.resolve("modules.toml"), toml);
  }

  private static String table(String route, String module) {
    return "[[module]]\nroute = \"/" + route + "/...\"\nmodule = \"" + module + "\"\n\n";
  }

  private static void use(ByteArrayOutputStream said) {
    try {
      int port = port(said);
      for (String module : MODULES) {
        request(port, "/" + module + "/a?b=c");
      }
      request(port, "/text");
      System.exit(0);
    } catch (IOException | InterruptedException e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  /** Who started this process sets the deadline. */
  private static int port(ByteArrayOutputStream said) throws InterruptedException {
    while (true) {
      Matcher ready = READY.matcher(said.toString(ISO_8859_1));
      if (ready.find()) {
        return Integer.parseInt(ready.group(1));
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Sends one after the other on one connection: the JVM learns which code is hot. */
  private static void request(int port, String target) throws IOException {
    String head = "POST " + target + " HTTP/1.1\r\nHost: localhost\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      byte[] buffer = new byte[16 * 1024];
      for (int i = 1; i < REQUESTS; i++) {
        out.write((head + "Content-Length: 5\r\n\r\nhello").getBytes(ISO_8859_1));
        if (socket.getInputStream().read(buffer) < 0) {
          throw new IOException("the server closed the connection after " + i + " requests");
        }
      }
      out.write((head + "Connection: close\r\n\r\n").getBytes(ISO_8859_1));
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
  }
}
