package wagi.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The bytes that curl would send, for those of its flags that our documents use. */
final class Curl {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|([^ ]+)");
  private static final String BOUNDARY = "----boundary";

  private final List<String> fields = new ArrayList<>();
  private final StringBuilder form = new StringBuilder();
  private @Nullable String method;
  private @Nullable String body;
  private String target = "";

  private Curl() {}

  static String request(String command) throws IOException {
    Curl curl = new Curl();
    Deque<String> words = new ArrayDeque<>(words(command));
    curl.target = words.removeFirst();
    while (!words.isEmpty()) {
      curl.flag(words);
    }
    return curl.bytes();
  }

  static List<String> words(String command) {
    return WORD.matcher(command)
        .results()
        .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
        .toList();
  }

  private void flag(Deque<String> words) throws IOException {
    String flag = words.removeFirst();
    switch (flag) {
      case "-X" -> method = words.removeFirst();
      case "-H" -> fields.add(words.removeFirst());
      case "-d" -> body = words.removeFirst();
      case "-F" -> addToForm(words.removeFirst());
      case "-i", "-N", "-s" -> {}
      default -> throw new IOException("no such flag here: " + flag);
    }
  }

  private void addToForm(String part) throws IOException {
    String[] both = part.split("=", 2);
    form.append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + both[0] + "\"");
    if (both[1].startsWith("@")) {
      Path file = Path.of(both[1].substring(1));
      form.append("; filename=\"" + file.getFileName() + "\"\r\nContent-Type: text/plain\r\n\r\n");
      form.append(Files.readString(file, ISO_8859_1)).append("\r\n");
    } else {
      form.append("\r\n\r\n").append(both[1]).append("\r\n");
    }
  }

  private String bytes() {
    String sent = body;
    String type = "application/x-www-form-urlencoded";
    if (!form.isEmpty()) {
      sent = form + "--" + BOUNDARY + "--\r\n";
      type = "multipart/form-data; boundary=" + BOUNDARY;
    }
    String usual = sent == null ? "GET" : "POST";
    StringBuilder request = new StringBuilder();
    request.append(method == null ? usual : method).append(' ').append(target);
    request.append(" HTTP/1.1\r\nHost: localhost:3000\r\nConnection: close\r\n");
    fields.forEach(field -> request.append(field).append("\r\n"));
    if (sent == null) {
      return request.append("\r\n").toString();
    }
    if (fields.stream().noneMatch(field -> field.startsWith("Content-Type:"))) {
      request.append("Content-Type: ").append(type).append("\r\n");
    }
    return request + "Content-Length: " + sent.length() + "\r\n\r\n" + sent;
  }
}
