package wagi.http;

import java.io.Serial;
import wagi.message.ErrorAnswer;
import wagi.message.Headers;

/** A request this server does not take, and what the client is told. */
final class RefusedException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final transient ErrorAnswer answer;

  RefusedException(int status, String sentence) {
    this(new ErrorAnswer(status, sentence));
  }

  RefusedException(int status, String sentence, Headers extra) {
    this(new ErrorAnswer(status, sentence, extra));
  }

  private RefusedException(ErrorAnswer answer) {
    super(answer.sentence(), null, false, false);
    this.answer = answer;
  }

  ErrorAnswer answer() {
    return answer;
  }
}
