package wagi.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;
import wagi.route.DynamicRoutes.DynamicRoute;
import wagi.route.DynamicRoutes.Printed;
import wagi.route.DynamicRoutes.Problem;
import wagi.route.DynamicRoutes.Refused;

/** Reads lines of {@code PATTERN FUNCTION}. */
final class DynamicRoutesReader {
  private static final int MAX_LINES = 1000;

  /** The module's own route up to the slash that joins. */
  private final String base;

  private final List<DynamicRoute> routes = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  DynamicRoutesReader(RoutePattern configured) {
    this.base = withoutTrailingSlashes(configured.base());
  }

  DynamicRoutes read(byte[] printed) {
    String text = decode(printed);
    if (text == null) {
      return refused(0, "_routes must print utf-8");
    }
    int number = 0;
    for (int from = 0; from < text.length(); ) {
      int end = text.indexOf('\n', from);
      end = end < 0 ? text.length() : end;
      number++;
      if (number > MAX_LINES) {
        return refused(number, "_routes must not print more than " + MAX_LINES + " lines");
      }
      readLine(text.substring(from, end), number);
      from = end + 1;
    }
    if (!problems.isEmpty()) {
      return new Refused(List.copyOf(problems));
    }
    if (routes.isEmpty()) {
      return refused(0, "_routes must print at least one line \"PATTERN FUNCTION\", found none");
    }
    return new Printed(List.copyOf(routes.reversed()));
  }

  private void readLine(String line, int number) {
    if (line.isEmpty() || line.equals("\r")) {
      return;
    }
    StringTokenizer fields = new StringTokenizer(line);
    if (fields.countTokens() != 2) {
      String found = fields.countTokens() + (fields.countTokens() == 1 ? " field" : " fields");
      problems.add(new Problem(number, "expected \"PATTERN FUNCTION\", found " + found));
      return;
    }
    String route = base + "/" + withoutLeadingSlashes(fields.nextToken());
    String problem = RoutePattern.problemOf(route);
    if (problem != null) {
      problems.add(new Problem(number, problem));
      return;
    }
    routes.add(new DynamicRoute(RoutePattern.parse(route), fields.nextToken(), number));
  }

  private static Refused refused(int line, String message) {
    return new Refused(List.of(new Problem(line, message)));
  }

  private static @Nullable String decode(byte[] printed) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(printed)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static String withoutTrailingSlashes(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  private static String withoutLeadingSlashes(String path) {
    int from = 0;
    while (from < path.length() && path.charAt(from) == '/') {
      from++;
    }
    return path.substring(from);
  }
}
