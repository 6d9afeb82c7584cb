package wagi.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import wagi.message.Body;
import wagi.message.Connection;
import wagi.message.Headers;
import wagi.message.Request;
import wagi.message.Target;

/** The request of {@code call}, in the words that curl uses. */
final class RequestOptions {
  @Option(
      names = {"-X", "--request"},
      paramLabel = "METHOD",
      description = "Default: GET, or POST with a body.")
  @Nullable String method;

  @Option(
      names = {"-H", "--header"},
      paramLabel = "NAME: VALUE",
      description = "A header field; may be repeated.")
  List<String> fields = List.of();

  @Option(
      names = {"-d", "--data"},
      paramLabel = "TEXT",
      description = "The body: a text, @FILE, or @- for standard input.")
  @Nullable String data;

  Request request(String target) throws CommandFailure {
    if (!target.startsWith("/")) {
      throw CommandFailure.usage("the path must begin with /, found " + target);
    }
    byte[] body = body();
    String usual = data == null ? "GET" : "POST";
    InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 3000);
    return new Request(
        "call",
        method == null ? usual : method.toUpperCase(Locale.ROOT),
        target(target),
        "HTTP/1.1",
        headers(body),
        Body.of(body),
        new Connection("http", here, here));
  }

  private static Target target(String text) {
    int mark = text.indexOf('?');
    return mark < 0
        ? new Target(text, null)
        : new Target(text.substring(0, mark), text.substring(mark + 1));
  }

  private byte[] body() throws CommandFailure {
    if (data == null) {
      return new byte[0];
    }
    try {
      if (data.equals("@-")) {
        return System.in.readAllBytes();
      }
      return data.startsWith("@")
          ? Files.readAllBytes(Path.of(data.substring(1)))
          : data.getBytes(UTF_8);
    } catch (NoSuchFileException e) {
      throw CommandFailure.usage("--data " + data + ": no such file");
    } catch (IOException e) {
      throw CommandFailure.usage("--data " + data + ": " + e.getMessage());
    }
  }

  private Headers headers(byte[] body) throws CommandFailure {
    Headers.Builder headers = Headers.builder();
    boolean host = false;
    for (String field : fields) {
      int colon = field.indexOf(':');
      if (colon < 1) {
        throw CommandFailure.usage("--header must be NAME: VALUE, found " + field);
      }
      String name = field.substring(0, colon).strip();
      host |= name.equalsIgnoreCase("Host");
      headers.add(name, onWire(field.substring(colon + 1).strip()));
    }
    if (!host) {
      headers.add("Host", "localhost:3000");
    }
    if (data != null) {
      headers.add("Content-Length", Integer.toString(body.length));
    }
    return headers.build();
  }

  /** A header value holds a char per byte. */
  private static String onWire(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }
}
