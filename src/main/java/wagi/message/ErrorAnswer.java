package wagi.message;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * An error as the client sees it: a status, one sentence, the request's id, and nothing internal.
 *
 * @param sentence says what was wrong with the request, or which kind of failure this is
 * @param extra more header fields, such as Allow or Retry-After
 */
public record ErrorAnswer(int status, String sentence, Headers extra) {
  public ErrorAnswer(int status, String sentence) {
    this(status, sentence, Headers.none());
  }

  public void sendTo(Responder responder, String requestId) {
    responder.answer(status, headers(requestId), body(requestId));
  }

  public Headers headers(String requestId) {
    return Headers.builder()
        .add("Content-Type", "text/plain; charset=utf-8")
        .add("X-Request-Id", requestId)
        .addAll(extra)
        .build();
  }

  public byte[] body(String requestId) {
    String text =
        status
            + " "
            + Status.reason(status)
            + ": "
            + sentence
            + "\nrequest id: "
            + requestId
            + "\n";
    return text.getBytes(UTF_8);
  }
}
