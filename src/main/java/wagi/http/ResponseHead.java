package wagi.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.undertow.util.StatusCodes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import wagi.message.Headers;
import wagi.message.Status;

/** A status line and header fields on their way out. The framing fields are ours alone. */
final class ResponseHead {
  private static final DateTimeFormatter IMF_FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final int LENGTH_DIGITS_MAX = 18;

  private static volatile Now now = new Now(0, "");

  private record Now(long second, String text) {}

  private ResponseHead() {}

  /** How the end of the body is told. */
  sealed interface Framing {
    record NoBody() implements Framing {}

    record Length(long bytes) implements Framing {}

    record Chunked() implements Framing {}

    record UntilClose() implements Framing {}
  }

  static byte[] bytes(int status, Headers headers, Framing framing, boolean close) {
    StringBuilder text = new StringBuilder(256);
    text.append("HTTP/1.1 ").append(status).append(' ').append(reason(status));
    text.append("\r\n");
    boolean dated = false;
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i);
      if (!isFraming(name)) {
        field(text, name, headers.value(i));
        dated |= name.equalsIgnoreCase("Date");
      }
    }
    if (!dated) {
      field(text, "Date", date());
    }
    switch (framing) {
      case Framing.NoBody() -> {}
      case Framing.Length(long bytes) -> field(text, "Content-Length", Long.toString(bytes));
      case Framing.Chunked() -> field(text, "Transfer-Encoding", "chunked");
      case Framing.UntilClose() -> {}
    }
    if (close) {
      field(text, "Connection", "close");
    }
    return text.append("\r\n").toString().getBytes(ISO_8859_1);
  }

  /** Returns what keeps this head from being sent, or null. */
  static @Nullable String problem(int status, Headers headers) {
    if (status < 200 || status > 999) {
      return "the status " + status + " is not one of a final answer";
    }
    for (int i = 0; i < headers.size(); i++) {
      if (!Token.isToken(headers.name(i))) {
        return "a response header has a name that is not a token";
      }
      if (!isSafe(headers.value(i))) {
        return "the response header " + headers.name(i) + " has a control character";
      }
    }
    return null;
  }

  /** Returns the length that the headers promise, or -1 when there is none or not one. */
  static long promisedLength(Headers headers) {
    String length = headers.first("Content-Length");
    if (length == null
        || length.isEmpty()
        || length.length() > LENGTH_DIGITS_MAX
        || !length.chars().allMatch(c -> c >= '0' && c <= '9')
        || headers.all("Content-Length").size() > 1) {
      return -1;
    }
    return Long.parseLong(length);
  }

  static boolean wantsClose(Headers headers) {
    String connection = headers.first("Connection");
    return connection != null && connection.toLowerCase(Locale.ROOT).contains("close");
  }

  /** The phrases of our own answers, and beyond those Undertow's longer list. */
  private static String reason(int status) {
    String reason = Status.reason(status);
    return reason.equals("Error") ? StatusCodes.getReason(status) : reason;
  }

  static boolean isFraming(String name) {
    return switch (name.length()) {
      case 7 -> name.equalsIgnoreCase("Upgrade") || name.equalsIgnoreCase("Trailer");
      case 10 -> name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Keep-Alive");
      case 14 -> name.equalsIgnoreCase("Content-Length");
      case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
      default -> false;
    };
  }

  private static boolean isSafe(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\r' || c == '\n' || c == 0 || c > 0xff) {
        return false;
      }
    }
    return true;
  }

  private static void field(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(value).append("\r\n");
  }

  static String date() {
    long second = System.currentTimeMillis() / 1000;
    Now last = now;
    if (last.second() != second) {
      last = new Now(second, IMF_FIXDATE.format(Instant.ofEpochSecond(second)));
      now = last;
    }
    return last.text();
  }
}
