package wagi.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wagi.http.tls.TestCertificate;

/** What a client asks of TLS when it is already there. */
class TlsAttackTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final TestCertificate CERTIFICATE =
      TestCertificate.selfSigned(TestCertificate.ec(), "a");

  @TempDir private static Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new RunningServer(new Echo(0), new ListenOptions(CERTIFICATE.tls(directory)));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static SSLSocket connect(String version) throws IOException {
    return new TlsClient(CERTIFICATE.trusting(), version, "a").connect(server.address);
  }

  /** With TLS 1.2 this asks for another handshake, with 1.3 for other keys. */
  private static void again(SSLSocket socket, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      socket.startHandshake();
    }
  }

  @Test
  void renegotiationEndsTheConnection() throws IOException {
    try (SSLSocket socket = connect("TLSv1.2")) {
      RawClient client = new RawClient(socket);
      assertEquals(200, client.send(GET).receive().status());
      assertThrows(
          IOException.class,
          () -> {
            again(socket, 1);
            client.send(GET).receive();
          });
    }
    othersAreServed();
  }

  @Test
  void fewKeyUpdatesAreAnswered() throws IOException {
    try (SSLSocket socket = connect("TLSv1.3")) {
      RawClient client = new RawClient(socket);
      assertEquals(200, client.send(GET).receive().status());
      again(socket, 10);
      assertEquals(200, client.send(GET).receive().status());
    }
  }

  @Test
  void endlessKeyUpdatesEndTheConnection() throws IOException {
    try (SSLSocket socket = connect("TLSv1.3")) {
      RawClient client = new RawClient(socket);
      assertEquals(200, client.send(GET).receive().status());
      assertThrows(
          IOException.class,
          () -> {
            again(socket, 200);
            client.send(GET).receive();
          });
    }
    othersAreServed();
  }

  private static void othersAreServed() throws IOException {
    for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
      try (RawClient client = new RawClient(connect(version))) {
        assertEquals(200, client.send(GET).receive().status());
      }
    }
  }
}
