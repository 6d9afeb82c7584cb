package wagi.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wagi.Fuzz;
import wagi.Mutated;
import wagi.message.Connection;
import wagi.message.Headers;

/** Whatever a proxy says is an address or an error. */
@Timeout(value = 2, unit = TimeUnit.HOURS)
final class ProxyFuzzTest {
  private static final int LARGEST = 16 + 1024;
  private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";
  private static final List<String> HEADERS =
      List.of(
          "PROXY TCP4 1.2.3.4 5.6.7.8 1 65535\r\n",
          "PROXY TCP6 ::1 2001:db8::1 1 2\r\n",
          "PROXY UNKNOWN\r\n",
          "PROXY UNKNOWN x\r\n",
          SIGNATURE + "!\u0011\0\u000cabcdefghijkl",
          SIGNATURE + "!!\0$abcdefghijklmnopqrstuvwxyz0123456789",
          SIGNATURE + " \0\0\0",
          "PROXY UNKNOWN " + "x".repeat(91) + "\r\n",
          "PROXY UNKNOWN " + "x".repeat(92) + "\r\n",
          "PROXY TCP4 1.2.3.4 5.6.7.8 1 2" + " ".repeat(1000) + "\r\n",
          SIGNATURE + "!\u0011\u0004\0abcdefghijkl" + extension(1012),
          SIGNATURE + "!\u0011\u0004\u0001abcdefghijkl" + extension(1013),
          SIGNATURE + "!!\u00ff\u00ffabcdefghijklmnopqrstuvwxyz0123456789" + extension(65_499),
          SIGNATURE + "!!\u00ff\u00ff");
  private static final List<String> HEADER_WORDS =
      List.of(
          "\r\n",
          "\r",
          "\n",
          " ",
          "PROXY ",
          SIGNATURE,
          "65536",
          "00000",
          "256",
          ":",
          "::",
          "%1",
          "1.2.3",
          "!",
          "\u0011",
          "!",
          "\u0004\0",
          "\u00ff\u00ff",
          "\0");

  private static final List<String> FIELDS =
      List.of(
          "for=1.2.3.4;proto=https;host=a.com, for=\"[::1]:80\";by=_x",
          "for=unknown, for=_hidden",
          "10.0.0.1, 1.2.3.4:80, [::1]:9, ::1",
          "https, http",
          "a.com:80, b.com");
  private static final List<String> FIELD_WORDS =
      List.of(
          ",",
          ";",
          "=",
          "\"",
          "\\",
          "for=",
          "proto=",
          "host=",
          "10.0.0.2",
          "[",
          "]",
          ":",
          "::",
          ":99999",
          "%eth0",
          "0x7f.1",
          "1.2.3.4.5",
          "localhost",
          " ",
          "\t",
          "\u00e9",
          "\u0001");

  /** Returns one of so many bytes, as version 2 has them behind the addresses. */
  private static String extension(int bytes) {
    int rest = bytes - 3;
    return "\u0004" + (char) (rest >> 8) + (char) (rest & 0xff) + "x".repeat(rest);
  }

  @Test
  void anyProxyHeaderIsReadWithinItsBoundOrRefused() {
    Fuzz.bytes(4_000, Mutated.texts(HEADERS, HEADER_WORDS), ProxyFuzzTest::checkHeader);
  }

  private static void checkHeader(byte[] bytes, SplittableRandom random) {
    String whole = header(bytes, null);
    assertEquals(whole, header(bytes, random), "in other pieces");
  }

  /** Returns what a header says, and how much of the bytes it took. */
  private static String header(byte[] bytes, @Nullable SplittableRandom pieces) {
    ProxyHeader header = new ProxyHeader();
    int at = 0;
    try {
      for (int wanted = header.wanted(); wanted > 0; wanted = header.wanted()) {
        if (at == bytes.length) {
          return "cut";
        }
        int most = Math.min(wanted, bytes.length - at);
        int count = pieces == null ? most : 1 + pieces.nextInt(most);
        header.add(ByteBuffer.wrap(bytes, at, count));
        at += count;
        assertTrue(at <= LARGEST, "took " + at);
      }
      return at + " " + header.addresses();
    } catch (IOException e) {
      return "refused";
    }
  }

  @Test
  void anyForwardedFieldsNameAClientOrAreRefused() {
    Fuzz.bytes(4_000, Mutated.texts(FIELDS, FIELD_WORDS), ProxyFuzzTest::checkFields);
  }

  private static void checkFields(byte[] bytes, SplittableRandom random) throws IOException {
    String value =
        new String(bytes, StandardCharsets.ISO_8859_1)
            .replaceAll("[\\x00-\\x08\\x0a-\\x1f\\x7f]", "");
    Headers.Builder headers = Headers.builder().add("Host", "a");
    for (String name :
        List.of(
            "Forwarded",
            "X-Forwarded-For",
            "X-Forwarded-Proto",
            "X-Forwarded-Host",
            "X-Request-Id")) {
      if (random.nextInt(3) == 0) {
        int cut = random.nextInt(value.length() + 1);
        headers.add(name, value.substring(0, cut)).add(name, value.substring(cut));
      } else if (random.nextInt(3) == 0) {
        headers.add(name, value);
      }
    }
    InetSocketAddress peer = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 9);
    Connection connection = new Connection("http", peer, RunningServer.local(3000));
    try {
      Origin origin =
          Origin.of(headers.build(), connection, address -> address.getAddress()[0] == 10);
      String id = origin.requestId();
      assertTrue(id.matches("[A-Za-z0-9._-]{1,64}"), id);
      assertTrue(origin.connection().scheme().matches("https?"), origin.connection().scheme());
      assertTrue(!origin.connection().remote().isUnresolved(), "an address without bytes");
      assertTrue(Gate.isHost(String.valueOf(origin.headers().first("Host"))), "host");
      assertEquals(1, origin.headers().all("Host").size());
    } catch (RefusedException e) {
      assertEquals(400, e.answer().status());
    }
  }
}
