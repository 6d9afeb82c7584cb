package wagi.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import wagi.message.Handler;
import wagi.message.Headers;
import wagi.message.Request;
import wagi.message.Responder;

/** Answers with what arrived. */
record Echo(long limit) implements Handler {
  @Override
  public void handle(Request request, Responder responder) {
    StringBuilder text = new StringBuilder();
    text.append(request.method()).append(' ').append(request.target().text());
    text.append(' ').append(request.protocol()).append('\n');
    text.append(request.headers());
    text.append("body ").append(request.body().length()).append('\n');
    responder.answer(200, Headers.of("X-Echo", "yes"), text.toString().getBytes(ISO_8859_1));
  }

  @Override
  public long bodyLimit(Request head) {
    return limit;
  }
}
