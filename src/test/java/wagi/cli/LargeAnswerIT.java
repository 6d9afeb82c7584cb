package wagi.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wagi.server.RawHttp;

/** An answer that is many times larger than the memory of the server. */
final class LargeAnswerIT {
  private static final int BLOCK = 1 << 16;
  private static final long BODY = 1L << 30;
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  @Test
  void gibibyteStreamsThroughAServerOfAFractionOfIt(@TempDir Path directory) throws Exception {
    Path guest = Path.of("src/test/guests/gibibyte.wasm").toAbsolutePath();
    Path hello = Path.of("samples/hello-c.wasm").toAbsolutePath();
    Files.writeString(
        directory.resolve("modules.toml"),
        """
        [[module]]
        route = "/large"
        module = "%s"
        limits = { output = "2GiB", timeout = "60s" }
        [[module]]
        route = "/hello"
        module = "%s"
        """
            .formatted(guest, hello));
    Map<String, String> variables = Map.of("JDK_JAVA_OPTIONS", "-Xmx64m", "WAGI_AOT_CACHE", "off");
    try (ServerProcess server =
        ServerProcess.start(directory, variables, "--listen", "127.0.0.1:0")) {
      InetSocketAddress address = server.ready();
      assertEquals("hello world\n", RawHttp.get(address, "/hello").body());
      long before = peakMebibytes(server.pid());
      assertEquals(BODY, readAndCompare(address));
      assertEquals("hello world\n", RawHttp.get(address, "/hello").body());
      long after = peakMebibytes(server.pid());
      assertTrue(after <= before + 64, before + " MiB before, " + after + " MiB after");
      assertTrue(after < 256, after + " MiB");
    }
  }

  /** Reads an answer of HTTP/1.0, whose body is all that comes until the end. */
  private static long readAndCompare(InetSocketAddress address) throws IOException {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write("GET /large HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
      InputStream in = socket.getInputStream();
      String status = "";
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        status = status.isEmpty() ? line : status;
      }
      assertEquals("HTTP/1.1 200 OK", status);
      ByteBuffer block = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
      byte[] bytes = block.array();
      long length = 0;
      for (int read = in.readNBytes(bytes, 0, BLOCK); read > 0; ) {
        assertEquals(length / BLOCK, block.getInt(0));
        length += read;
        read = in.readNBytes(bytes, 0, BLOCK);
      }
      return length;
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("ends after: " + line);
      }
      line.append((char) b);
    }
    return line.toString().stripTrailing();
  }

  private static long peakMebibytes(long pid) throws IOException {
    Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
    assertTrue(peak.find());
    return Long.parseLong(peak.group(1)) / 1024;
  }
}
