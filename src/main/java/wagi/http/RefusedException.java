package wagi.http;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import wagi.message.ErrorAnswer;
import wagi.message.Headers;
import wagi.message.Limit;

/** A request this server does not take, and what the client is told. */
final class RefusedException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final transient ErrorAnswer answer;

  /** What the log is told, if this is for a limit. */
  record Reached(Limit limit, String sentence) {}

  private final transient @Nullable Reached reached;

  RefusedException(int status, String sentence) {
    this(new ErrorAnswer(status, sentence));
  }

  RefusedException(int status, String sentence, Headers extra) {
    this(new ErrorAnswer(status, sentence, extra));
  }

  private RefusedException(ErrorAnswer answer) {
    this(answer, null);
  }

  private RefusedException(ErrorAnswer answer, @Nullable Reached reached) {
    super(answer.sentence(), null, false, false);
    this.answer = answer;
    this.reached = reached;
  }

  /** Returns the same, for a limit. */
  RefusedException reaching(Limit limit, String sentence) {
    return new RefusedException(answer, new Reached(limit, sentence));
  }

  /** Returns the same, for a limit that nothing raises. */
  RefusedException reachingFixed(Limit limit) {
    return reaching(limit, answer.sentence() + ", which is fixed");
  }

  ErrorAnswer answer() {
    return answer;
  }

  @Nullable Reached reached() {
    return reached;
  }
}
