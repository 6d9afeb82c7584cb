package wagi.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import wagi.message.Handler;
import wagi.message.Headers;
import wagi.message.Request;
import wagi.message.Responder;

/** Answers at once, and remembers what reached it. */
final class Recorded implements Handler {
  static final int BODY_LIMIT = 1000;

  private final List<String> requests = new CopyOnWriteArrayList<>();

  @Override
  public void handle(Request request, Responder responder) {
    try (InputStream in = request.body().open()) {
      String body = new String(in.readAllBytes(), ISO_8859_1);
      requests.add(HttpModel.text(request.method(), request.target().text(), body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] answer = ("answer to " + request.target().text()).getBytes(ISO_8859_1);
    responder.answer(200, Headers.of("X-Answer", "yes"), answer);
  }

  @Override
  public long bodyLimit(Request head) {
    return BODY_LIMIT;
  }

  /** Returns what has reached it since this was asked before. */
  List<String> since() {
    List<String> all = List.copyOf(requests);
    requests.clear();
    return all;
  }
}
