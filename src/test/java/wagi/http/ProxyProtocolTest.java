package wagi.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import wagi.http.tls.TestCertificate;
import wagi.message.Connection;
import wagi.message.Handler;
import wagi.message.Headers;
import wagi.message.Request;
import wagi.message.Responder;

/** Headers of load balancers, from those that are trusted and from others. */
class ProxyProtocolTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";
  private static final String FOUR = "\1\2\3\4" + "\5\6\7\10" + "\22\147" + "\1\273";
  private static final Duration PATIENCE = Duration.ofMillis(500);

  @SuppressWarnings("NullAway.Init")
  private static RunningServer server;

  /** Answers with the addresses of the request. */
  private record Addresses() implements Handler {
    @Override
    public void handle(Request request, Responder responder) {
      Connection connection = request.connection();
      String text = text(connection.remote()) + " to " + text(connection.local());
      responder.answer(200, Headers.none(), text.getBytes(ISO_8859_1));
    }

    private static String text(InetSocketAddress address) {
      return address.getAddress().getHostAddress() + " " + address.getPort();
    }

    @Override
    public long bodyLimit(Request head) {
      return 0;
    }
  }

  @BeforeAll
  static void start() throws IOException {
    server =
        RunningServer.trusting(
            peer -> true, new Addresses(), PATIENCE, new ListenOptions(null, true, true));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> headersNameTheClient() {
    Map<String, List<String>> cases =
        Map.of(
            "version 1, IPv4",
            List.of("PROXY TCP4 1.2.3.4 5.6.7.8 4711 443\r\n", "1.2.3.4 4711 to 5.6.7.8 443"),
            "version 1, IPv6",
            List.of(
                "PROXY TCP6 2001:db8::1 ::2 1 65535\r\n",
                "2001:db8:0:0:0:0:0:1 1 to 0:0:0:0:0:0:0:2 65535"),
            "version 2, IPv4",
            List.of(SIGNATURE + "\41\21\0\14" + FOUR, "1.2.3.4 4711 to 5.6.7.8 443"),
            "version 2, with extensions",
            List.of(SIGNATURE + "\41\21\0\20" + FOUR + "\4\0\1x", "1.2.3.4 4711 to 5.6.7.8 443"),
            "version 2, IPv6",
            List.of(
                SIGNATURE
                    + "\41\41\0\44"
                    + "\0".repeat(15)
                    + "\1"
                    + "\0".repeat(15)
                    + "\2"
                    + "\0\1\0\2",
                "0:0:0:0:0:0:0:1 1 to 0:0:0:0:0:0:0:2 2"));
    return cases.entrySet().stream()
        .map(
            one ->
                dynamicTest(
                    one.getKey(),
                    () -> {
                      String header = one.getValue().getFirst();
                      assertEquals(one.getValue().getLast(), answer(header + GET));
                      assertEquals(one.getValue().getLast(), answerBytewise(header + GET));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> headersThatNameNobodyLeaveTheSocketsAddresses() {
    return Stream.of(
            "PROXY UNKNOWN\r\n",
            "PROXY UNKNOWN ffff::1 ::1 1 2\r\n",
            SIGNATURE + "\40\0\0\0",
            SIGNATURE + "\40\21\0\14" + FOUR,
            SIGNATURE + "\41\0\0\2xx")
        .map(
            header ->
                dynamicTest(
                    visible(header),
                    () -> {
                      String answer = answer(header + GET);
                      assertTrue(answer.startsWith("127.0.0.1 "), answer);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> otherBeginningsAreClosedWithoutAWord() {
    return Stream.of(
            GET,
            "PROXY TCP4 1.2.3.4 5.6.7.8 4711\r\n",
            "PROXY TCP4 1.2.3.4 5.6.7.8 4711 65536\r\n",
            "PROXY TCP4 1.2.3 5.6.7.8 4711 443\r\n",
            "PROXY TCP4 ::1 ::2 4711 443\r\n",
            "PROXY TCP6 1.2.3.4 5.6.7.8 4711 443\r\n",
            "PROXY TCP4 a.example b.example 4711 443\r\n",
            "PROXY UDP4 1.2.3.4 5.6.7.8 4711 443\r\n",
            "PROXY UNKNOWN" + " ".repeat(100),
            "PROXIES all the way\r\n",
            SIGNATURE + "\61\21\0\14" + FOUR,
            SIGNATURE + "\42\21\0\14" + FOUR,
            SIGNATURE + "\41\22\0\14" + FOUR,
            SIGNATURE + "\41\61\0\14" + FOUR,
            SIGNATURE + "\41\21\0\13" + FOUR,
            SIGNATURE + "\41\41\0\14" + FOUR,
            SIGNATURE + "\41\21\4\1" + "x".repeat(1025))
        .map(
            header ->
                dynamicTest(
                    visible(header),
                    () -> {
                      try (RawClient client = server.connect()) {
                        client.send(header + (header.equals(GET) ? "" : GET));
                        assertTrue(client.atEnd());
                      }
                    }));
  }

  private static String visible(String header) {
    return header.replaceAll("[^ -~]", "?");
  }

  private static String answer(String bytes) throws IOException {
    try (RawClient client = server.connect()) {
      return client.send(bytes).receive().body();
    }
  }

  private static String answerBytewise(String bytes) throws IOException {
    try (RawClient client = server.connect()) {
      for (int i = 0; i < bytes.length(); i++) {
        client.send(bytes.substring(i, i + 1));
      }
      return client.receive().body();
    }
  }

  @Test
  void headerThatDoesNotEndIsClosedInTime() throws IOException {
    try (RawClient silent = server.connect();
        RawClient slow = server.connect()) {
      slow.send("PROXY TCP4 1.2.3.4");
      assertTrue(slow.atEnd());
      assertTrue(silent.atEnd());
    }
  }

  @Test
  void headerOfAnUntrustedPeerIsAMalformedRequest() throws IOException {
    try (RunningServer strict =
            RunningServer.trusting(
                peer -> false, new Addresses(), PATIENCE, new ListenOptions(null, true, true));
        RawClient liar = strict.connect();
        RawClient honest = strict.connect()) {
      liar.send("PROXY TCP4 1.2.3.4 5.6.7.8 4711 443\r\n" + GET);
      assertEquals(400, liar.receive().status());
      assertTrue(honest.send(GET).receive().body().startsWith("127.0.0.1 "));
    }
  }

  @Test
  void headerOnAListenerWithoutTheProtocolIsAMalformedRequest() throws IOException {
    try (RunningServer plain =
            RunningServer.trusting(peer -> true, new Addresses(), PATIENCE, ListenOptions.PLAIN);
        RawClient client = plain.connect()) {
      client.send("PROXY TCP4 1.2.3.4 5.6.7.8 4711 443\r\n" + GET);
      assertEquals(400, client.receive().status());
    }
  }

  @Test
  void tlsBeginsAfterTheHeader(@TempDir Path directory) throws Exception {
    TestCertificate certificate = TestCertificate.selfSigned(TestCertificate.ec(), "a");
    try (RunningServer secure =
            RunningServer.trusting(
                peer -> true,
                new Addresses(),
                Duration.ofSeconds(10),
                new ListenOptions(certificate.tls(directory), true, true));
        Socket socket = new Socket(secure.address.getAddress(), secure.address.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write("PROXY TCP4 1.2.3.4 5.6.7.8 4711 443\r\n".getBytes(ISO_8859_1));
      SSLSocketFactory factory = certificate.trusting().getSocketFactory();
      try (RawClient client = new RawClient(factory.createSocket(socket, "a", 443, true))) {
        assertEquals("1.2.3.4 4711 to 5.6.7.8 443", client.send(GET).receive().body());
      }
    }
  }
}
