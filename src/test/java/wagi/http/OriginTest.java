package wagi.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import wagi.message.Connection;
import wagi.message.Headers;

/** What counts of the word of proxies; the file says how a case is written. */
class OriginTest {
  private static final Path CASES = Path.of("src/test/resources/forwarded/origin.txt");

  @TestFactory
  List<DynamicTest> cases() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String text : Files.readString(CASES).split("(?m)^=== ", -1)) {
      if (!text.startsWith("#")) {
        String name = text.lines().findFirst().orElse("");
        String[] both = text.substring(name.length() + 1).split("---\n", 2);
        tests.add(
            DynamicTest.dynamicTest(
                name, () -> assertEquals(both[1].strip(), origin(both[0].lines().toList()))));
      }
    }
    return tests;
  }

  private static boolean trusted(InetAddress address) {
    return address.getAddress().length == 4 && address.getAddress()[0] == 10;
  }

  private static String origin(List<String> lines) {
    Headers.Builder headers = Headers.builder().add("Host", "a");
    for (String line : lines.subList(1, lines.size())) {
      String[] field = line.split(": ", 2);
      headers.add(field[0], field[1]);
    }
    InetAddress peer = InetAddress.ofLiteral(lines.getFirst().substring("peer ".length()));
    Connection connection =
        new Connection("http", new InetSocketAddress(peer, 9), RunningServer.local(3000));
    try {
      Origin origin = Origin.of(headers.build(), connection, OriginTest::trusted);
      return text(origin);
    } catch (RefusedException e) {
      return e.answer().status() + " " + e.answer().sentence();
    }
  }

  private static String text(Origin origin) {
    Connection connection = origin.connection();
    String id = origin.requestId();
    String host = String.valueOf(origin.headers().first("Host"));
    int port = connection.local().getPort();
    return address(connection.remote())
        + " "
        + connection.scheme()
        + " "
        + (host.contains(":") ? host : host + ":" + port)
        + " "
        + (id.matches("[0-9a-f]{16}") ? "own-id" : id);
  }

  private static String address(InetSocketAddress socket) {
    String host = socket.getAddress().getHostAddress();
    boolean six = socket.getAddress() instanceof Inet6Address;
    return (six ? "[" + host + "]" : host) + ":" + socket.getPort();
  }

  @Test
  void longForwardedIsRefusedAndExhaustsNoStack() {
    Headers headers = Headers.of("Host", "a", "Forwarded", "for=\"" + "\\a".repeat(15_000) + "\"");
    Connection connection =
        new Connection(
            "http",
            new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 9),
            RunningServer.local(3000));
    assertThrows(RefusedException.class, () -> Origin.of(headers, connection, OriginTest::trusted));
  }
}
