package wagi.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wagi.http.tls.TestCertificate;
import wagi.http.tls.Tls;
import wagi.http.tls.TlsFiles;
import wagi.message.Headers;

class TlsTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final TestCertificate CERTIFICATE =
      TestCertificate.selfSigned(TestCertificate.ec(), "a.example");

  @TempDir private Path directory = Path.of("");

  private static TlsClient client(String version) {
    return new TlsClient(CERTIFICATE.trusting(), version, "a.example");
  }

  private ListenOptions options() throws Exception {
    return new ListenOptions(CERTIFICATE.tls(directory));
  }

  @Test
  void bothVersionsServeRequestAfterRequest() throws Exception {
    try (RunningServer server = new RunningServer(new Echo(1 << 20), options())) {
      for (String version : List.of("TLSv1.3", "TLSv1.2")) {
        try (RawClient client = client(version).open(server.address)) {
          for (int i = 0; i < 3; i++) {
            client.send("GET /" + i + " HTTP/1.1\r\nHost: a\r\n\r\n");
            assertTrue(client.receive().body().startsWith("GET /" + i + " HTTP/1.1\n"), version);
          }
          client.send(GET + GET);
          assertEquals(200, client.receive().status());
          assertEquals(200, client.receive().status());
        }
      }
    }
  }

  @Test
  void bodyBeyondMemoryArrives() throws Exception {
    try (RunningServer server = new RunningServer(new Echo(8 << 20), options());
        RawClient client = client("TLSv1.3").open(server.address)) {
      byte[] body = new byte[3 << 20];
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length + "\r\n\r\n");
      client.send(body);
      assertTrue(client.receive().body().contains("body " + body.length + "\n"));
      client.send(GET);
      assertEquals(200, client.receive().status());
    }
  }

  @Test
  void slowReaderHoldsTheGuestBackAndLosesNothing() throws Exception {
    int blocks = 256;
    Guests guests = Guests.writing(blocks);
    try (RunningServer server = new RunningServer(guests, options());
        RawClient client = client("TLSv1.3").open(server.address)) {
      client.send(GET);
      guests.blocked();
      assertEquals(blocks * Guests.BLOCK_BYTES, client.receive().body().length());
    }
  }

  @Test
  void wholeAnswerBeyondTheSocketsRoomArrives() throws Exception {
    byte[] body = new byte[8 << 20];
    Guests guests = new Guests(r -> r.answer(200, Headers.none(), body));
    try (RunningServer server = new RunningServer(guests, options());
        RawClient client = client("TLSv1.2").open(server.address)) {
      client.send(GET);
      guests.join();
      assertEquals(body.length, client.receive().body().length());
    }
  }

  @Test
  void refusalIsReadAndTheEndIsOrderly() throws Exception {
    try (RunningServer server = new RunningServer(new Echo(0), options());
        SSLSocket socket = client("TLSv1.3").connect(server.address)) {
      RawClient client = new RawClient(socket);
      client.send("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
      assertEquals(400, client.receive().status());
      assertEquals(-1, socket.getInputStream().read(), "the end is not a truncation");
    }
  }

  @Test
  void clientGoneEndsTheGuest() throws Exception {
    Thinking handler = new Thinking();
    try (RunningServer server = new RunningServer(handler, options())) {
      RawClient client = client("TLSv1.3").open(server.address);
      client.send(GET);
      Thinking.Thought thought = handler.next();
      client.close();
      assertTrue(thought.gone().await(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void plainHttpOnATlsPortIsClosed() throws Exception {
    try (RunningServer server = new RunningServer(new Echo(0), options());
        RawClient client = server.connect()) {
      client.send(GET);
      byte[] alert = client.bytes(64);
      assertFalse(new String(alert, java.nio.charset.StandardCharsets.ISO_8859_1).contains("HTTP"));
    }
  }

  @Test
  void silentHandshakesEndInTimeAndDisturbNobody() throws Exception {
    try (RunningServer server = new RunningServer(new Echo(0), Duration.ofMillis(500), options())) {
      List<Socket> silent = new ArrayList<>();
      for (int i = 0; i < 90; i++) {
        silent.add(new Socket(server.address.getAddress(), server.address.getPort()));
      }
      try (RawClient client = client("TLSv1.3").open(server.address)) {
        assertEquals(200, client.send(GET).receive().status());
      }
      for (Socket socket : silent) {
        socket.setSoTimeout(10_000);
        assertEquals(-1, socket.getInputStream().read());
        socket.close();
      }
    }
  }

  @Test
  void nameChoosesTheCertificate() throws Exception {
    TestCertificate second = TestCertificate.selfSigned(TestCertificate.ec(), "*.b.example");
    TestCertificate third = TestCertificate.selfSigned(TestCertificate.keys("RSA"), "c.example");
    Tls tls =
        Tls.of(
            new TlsFiles(
                List.of(
                    CERTIFICATE.in(directory, "a"),
                    second.in(directory, "b"),
                    third.in(directory, "c")),
                null));
    try (RunningServer server = new RunningServer(new Echo(0), new ListenOptions(tls))) {
      for (String version : List.of("TLSv1.3", "TLSv1.2")) {
        for (var expected :
            List.of(
                java.util.Map.entry("a.example", CERTIFICATE),
                java.util.Map.entry("www.b.example", second),
                java.util.Map.entry("C.example", third),
                java.util.Map.entry("b.example", CERTIFICATE),
                java.util.Map.entry("x.www.b.example", CERTIFICATE))) {
          TlsClient client =
              new TlsClient(expected.getValue().trusting(), version, expected.getKey());
          assertEquals(expected.getValue().certificate(), client.shown(server.address));
        }
      }
    }
  }

  @Test
  void verifiedClientIsNamedAndOthersAreRefused() throws Exception {
    TestCertificate authority = TestCertificate.authority("CN=clients");
    Path authorities = Files.writeString(directory.resolve("ca.pem"), authority.pem());
    Tls tls = Tls.of(new TlsFiles(List.of(CERTIFICATE.in(directory, "a")), authorities));
    TestCertificate known = authority.issue(TestCertificate.ec(), "CN=ada, O=x", "ada");
    TestCertificate foreign =
        TestCertificate.authority("CN=clients").issue(TestCertificate.ec(), "CN=ada, O=x", "ada");
    Thinking handler = new Thinking();
    try (RunningServer server = new RunningServer(handler, new ListenOptions(tls))) {
      for (String version : List.of("TLSv1.3", "TLSv1.2")) {
        TlsClient good = new TlsClient(CERTIFICATE.trusting(known), version, "a.example");
        try (RawClient client = good.open(server.address)) {
          client.send(GET);
          Thinking.Thought thought = handler.next();
          assertEquals("CN=ada,O=x", thought.request().connection().subject());
          thought.answer("ok");
          assertEquals("ok", client.receive().body());
        }
        for (SSLContext bad : List.of(CERTIFICATE.trusting(), CERTIFICATE.trusting(foreign))) {
          assertThrows(
              IOException.class,
              () ->
                  new TlsClient(bad, version, "a.example")
                      .open(server.address)
                      .send(GET)
                      .receive());
        }
      }
      assertTrue(handler.thoughts.isEmpty());
    }
  }

  @Test
  void newCertificateServesNewConnectionsAndOldOnesGoOn() throws Exception {
    Tls tls = CERTIFICATE.tls(directory);
    TestCertificate next = TestCertificate.selfSigned(TestCertificate.ec(), "a.example");
    try (RunningServer server = new RunningServer(new Echo(0), new ListenOptions(tls));
        RawClient old = client("TLSv1.3").open(server.address)) {
      assertEquals(200, old.send(GET).receive().status());
      Files.writeString(directory.resolve("server.pem"), next.pem());
      tls.reloadIfChanged();
      assertEquals(CERTIFICATE.certificate(), client("TLSv1.3").shown(server.address));
      Files.writeString(directory.resolve("server.key"), next.keyPem());
      tls.reloadIfChanged();
      TlsClient fresh = new TlsClient(next.trusting(), "TLSv1.3", "a.example");
      assertEquals(next.certificate(), fresh.shown(server.address));
      assertEquals(200, old.send(GET).receive().status());
    }
  }

  @Test
  void redirectKeepsPlaceAndNameAndSaysThePort() throws Exception {
    try (RunningServer server = new RunningServer(new HttpsRedirect(8443));
        RunningServer standard = new RunningServer(new HttpsRedirect(443))) {
      String get = "GET /a%20b?c=d HTTP/1.1\r\nHost: www.example.com:80\r\n\r\n";
      RawClient.Response response = new RawClient(server.address).send(get).receive();
      assertEquals(308, response.status());
      assertEquals("https://www.example.com:8443/a%20b?c=d", response.header("Location"));
      assertEquals("", response.header("Strict-Transport-Security"));
      response =
          new RawClient(standard.address).send(get.replace("www.example.com", "[::1]")).receive();
      assertEquals("https://[::1]/a%20b?c=d", response.header("Location"));
      response = new RawClient(server.address).send("GET / HTTP/1.0\r\n\r\n").receive();
      assertEquals(400, response.status());
    }
  }
}
