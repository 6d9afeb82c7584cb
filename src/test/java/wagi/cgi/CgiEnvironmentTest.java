package wagi.cgi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import wagi.message.Body;
import wagi.message.Connection;
import wagi.message.Headers;
import wagi.message.Request;
import wagi.message.Target;
import wagi.route.GoldenCase;
import wagi.route.HostPort;
import wagi.route.Route;
import wagi.route.RouteGroup;
import wagi.route.RouteMatch;
import wagi.route.RoutePattern;
import wagi.route.RouteTable;

/**
 * Each case has settings, an empty line, a request; and entries that must be there. {@code !NAME}
 * must not be there, and after {@code exactly} there must be no other.
 */
final class CgiEnvironmentTest {
  @TestFactory
  Stream<DynamicTest> requestBecomesEnvironment() {
    return GoldenCase.in("cgi/environment", CgiEnvironmentTest::check);
  }

  /**
   * That no environment has more than was foretold is looked at in each case; this one is large.
   */
  @Test
  void longPartsAreForetold() {
    String host = "h".repeat(4000) + ":3000";
    String target = "/a%20b".repeat(2000) + "?" + "q".repeat(5000);
    String request = "METHOD".repeat(700) + " " + target + " HTTP/1.1\nHost: " + host;
    String fields = "\nContent-Type: " + "t".repeat(9000) + "\nA: b\nA: b".repeat(60);
    assertFalse(environment("route: /...\nserver-name: s:1\n\n" + request + fields).isEmpty());
  }

  private static void check(GoldenCase golden) {
    List<String> entries = environment(golden.input());
    long names = entries.stream().map(CgiEnvironmentTest::name).distinct().count();
    assertEquals(entries.size(), names, () -> "a name occurs twice in " + entries);
    if (golden.expected().startsWith("exactly\n")) {
      String all = entries.stream().map(e -> e + "\n").collect(Collectors.joining());
      assertEquals(golden.expected().substring(8), all);
      return;
    }
    for (String expected : golden.expected().lines().toList()) {
      if (expected.startsWith("!")) {
        String absent = expected.substring(1);
        assertTrue(
            entries.stream().noneMatch(e -> name(e).equals(absent)),
            () -> absent + " must not be in " + entries);
      } else {
        String entry = new String(GoldenCase.bytes(expected), UTF_8);
        assertTrue(entries.contains(entry), () -> entry + " must be in " + entries);
      }
    }
  }

  private static String name(String entry) {
    return entry.substring(0, entry.indexOf('='));
  }

  private static List<String> environment(String input) {
    String[] sections = input.split("\n\n", 2);
    Map<String, String> settings = new LinkedHashMap<>();
    Map<String, String> operator = new LinkedHashMap<>();
    for (String line : sections[0].lines().toList()) {
      String[] pair = line.split(": ?", 2);
      if (pair[0].equals("env")) {
        operator.put(
            name(pair[1]), GoldenCase.octets(pair[1].substring(name(pair[1]).length() + 1)));
      } else {
        settings.put(pair[0], pair[1]);
      }
    }
    Request request = request(sections[1], settings);
    RoutePattern pattern = RoutePattern.parse(settings.getOrDefault("route", "/..."));
    Route<String> route = new Route<>(pattern, List.of(), List.of(), "module");
    RouteTable<String> table = new RouteTable<>(List.of(new RouteGroup<>("", "", List.of(route))));
    RouteMatch<String> match =
        table.match(request.method(), request.host(), request.target().path());
    boolean authorization = settings.getOrDefault("authorization", "false").equals("true");
    RouteMatch.Matched<?> matched = assertInstanceOf(RouteMatch.Matched.class, match);
    CgiSettings cgi = new CgiSettings(settings.get("server-name"), authorization, operator);
    List<String> entries = CgiEnvironment.of(request, matched, cgi);
    long characters = entries.stream().mapToLong(entry -> entry.length() + 1L).sum();
    assertTrue(characters <= CgiEnvironment.mostCharacters(request, matched, cgi));
    return entries;
  }

  private static Request request(String text, Map<String, String> settings) {
    List<String> lines = text.lines().toList();
    String[] start = lines.getFirst().split(" ", 3);
    String[] target = start[1].split("\\?", 2);
    Headers.Builder headers = Headers.builder();
    for (String line : lines.subList(1, lines.size())) {
      String[] field = line.split(": ?", 2);
      headers.add(GoldenCase.octets(field[0]), GoldenCase.octets(field[1]));
    }
    int bodyLength = Integer.parseInt(settings.getOrDefault("body", "0"));
    return new Request(
        "id-1",
        start[0],
        new Target(target[0], target.length == 1 ? null : target[1]),
        start[2],
        headers.build(),
        Body.of(new byte[bodyLength]),
        new Connection(
            settings.getOrDefault("scheme", "http"),
            socket(settings.get("from"), "203.0.113.7:51234"),
            socket(settings.get("to"), "127.0.0.1:3000")));
  }

  private static InetSocketAddress socket(@Nullable String given, String otherwise) {
    HostPort parsed = HostPort.parse(given == null ? otherwise : given);
    if (parsed == null) {
      throw new IllegalArgumentException(given);
    }
    return new InetSocketAddress(parsed.host(), parsed.port());
  }
}
