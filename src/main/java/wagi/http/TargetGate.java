package wagi.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import wagi.message.Target;

/** Which request targets are taken. */
final class TargetGate {
  private TargetGate() {}

  static Target check(String method, String raw, @Nullable String host) throws RefusedException {
    if (raw.equals("*") && method.equals("OPTIONS")) {
      return new Target("*", null);
    }
    checkBytes(raw);
    String target = raw.startsWith("/") ? raw : pathOfAbsolute(raw, host);
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? null : target.substring(mark + 1);
    if (query != null) {
      checkEscapes(query);
    }
    checkPath(path);
    return new Target(path, query);
  }

  private static void checkBytes(String raw) throws RefusedException {
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '\\' || c == '#') {
        throw bad("the request target has a byte that must be percent-encoded");
      }
    }
  }

  /** Reduces {@code http://host/path} to its path, if its authority is that of the Host header. */
  private static String pathOfAbsolute(String raw, @Nullable String host) throws RefusedException {
    String lower = raw.toLowerCase(Locale.ROOT);
    int start = lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : -1;
    if (start < 0) {
      throw bad("the request target is neither a path nor an http URI");
    }
    int end = start;
    while (end < raw.length() && raw.charAt(end) != '/' && raw.charAt(end) != '?') {
      end++;
    }
    if (host == null || !host.equalsIgnoreCase(raw.substring(start, end))) {
      throw bad("the authority of the request target is not that of the Host header");
    }
    String rest = raw.substring(end);
    return rest.startsWith("/") ? rest : "/" + rest;
  }

  private static void checkEscapes(String text) throws RefusedException {
    for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 1)) {
      decoded(text, i);
    }
  }

  private static void checkPath(String path) throws RefusedException {
    if (path.indexOf('%') < 0 && path.indexOf('.') < 0) {
      return;
    }
    byte[] bytes = decode(path);
    int segment = 1;
    for (int i = 1; i <= bytes.length; i++) {
      if (i == bytes.length || isSeparator(bytes[i])) {
        checkSegment(bytes, segment, i);
        segment = i + 1;
      }
    }
  }

  /** A decoded separator or parameter mark hides no dot segment from whoever decodes later. */
  private static boolean isSeparator(byte b) {
    return b == '/' || b == '\\' || b == ';';
  }

  private static void checkSegment(byte[] bytes, int from, int end) throws RefusedException {
    int length = end - from;
    boolean dots = (length == 1 || length == 2) && bytes[from] == '.' && bytes[end - 1] == '.';
    if (dots) {
      throw bad("the path has a segment . or ..");
    }
  }

  private static byte[] decode(String path) throws RefusedException {
    byte[] bytes = new byte[path.length()];
    int length = 0;
    boolean ascii = true;
    for (int i = 0; i < path.length(); i++) {
      int b = path.charAt(i);
      if (b == '%') {
        b = decoded(path, i);
        i += 2;
        if (b < ' ' || b == 0x7f) {
          throw bad("the path has an encoded control character");
        }
      }
      ascii &= b < 0x80;
      bytes[length++] = (byte) b;
    }
    if (!ascii) {
      checkUtf8(bytes, length);
    }
    return Arrays.copyOf(bytes, length);
  }

  private static void checkUtf8(byte[] bytes, int length) throws RefusedException {
    try {
      var unused = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
    } catch (CharacterCodingException e) {
      throw bad("the decoded path is not UTF-8");
    }
  }

  private static int decoded(String text, int percent) throws RefusedException {
    int high = percent + 2 < text.length() ? hex(text.charAt(percent + 1)) : -1;
    int low = high < 0 ? -1 : hex(text.charAt(percent + 2));
    if (low < 0) {
      throw bad("the request target has a % that is not followed by two hexadecimal digits");
    }
    return high * 16 + low;
  }

  private static int hex(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }

  private static RefusedException bad(String sentence) {
    return new RefusedException(400, sentence);
  }
}
