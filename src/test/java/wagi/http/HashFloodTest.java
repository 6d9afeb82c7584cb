package wagi.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Names that all have one hash code, as many as a client can send. */
class HashFloodTest {
  private static final int MANY = 10_000;

  @SuppressWarnings("NullAway.Init")
  private static RunningServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new RunningServer(new Echo(0));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  /** Returns another name for each number, all with one hash code. */
  private static String name(int number) {
    StringBuilder name = new StringBuilder();
    for (int bit = 0; bit < 14; bit++) {
      name.append((number >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return name.toString();
  }

  private static String repeated(int count, String before, String after) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(before).append(name(i)).append(after);
    }
    return text.toString();
  }

  @Test
  void namesCollideAsTheyShould() {
    assertEquals(name(0).hashCode(), name(MANY).hashCode());
    assertTrue(!name(0).equals(name(MANY)));
  }

  @Test
  void collidingHeaderNamesAreRefusedByTheirNumber() throws IOException {
    try (RawClient client = server.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n");
      try {
        client.send(repeated(MANY, "", ": 1\r\n") + "\r\n");
      } catch (SocketException e) {
        // It has refused while we were still sending.
      }
      assertEquals(431, client.receive().status());
    }
  }

  @Test
  void asManyCollidingHeaderNamesAsAreTakenArrive() throws IOException {
    try (RawClient client = server.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n" + repeated(127, "", ": 1\r\n") + "\r\n");
      String body = client.receive().body();
      assertTrue(body.contains(name(126) + ": 1"), body);
    }
  }

  @Test
  void collidingQueryKeysAreRefusedByTheirLength() throws IOException {
    try (RawClient client = server.connect()) {
      try {
        client.send("GET /?" + repeated(MANY, "&", "=1") + " HTTP/1.1\r\nHost: a\r\n\r\n");
      } catch (SocketException e) {
        // It has refused while we were still sending.
      }
      assertEquals(414, client.receive().status());
    }
  }

  @Test
  void asManyCollidingQueryKeysAsFitArrive() throws IOException {
    try (RawClient client = server.connect()) {
      String target = "/?" + repeated(200, "&", "=1");
      client.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
      assertTrue(client.receive().body().startsWith("GET " + target + " "));
    }
  }

  @Test
  void oneLetterKeysAsManyAsFitArrive() throws IOException {
    try (RawClient client = server.connect()) {
      String target = "/?a" + "&a".repeat(3_900);
      client.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
      assertTrue(client.receive().body().startsWith("GET " + target + " "));
    }
  }
}
