package wagi.http;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import wagi.message.ErrorAnswer;
import wagi.message.Headers;
import wagi.message.Refusal;
import wagi.message.RefusalListener;

/** What all connections of a server share. */
final class Front {
  private final HttpSettings settings;
  private final RefusalListener refusals;
  private final Spool spool;
  private final Executor workers;
  private final InFlight inFlight;
  private final @Nullable Front whole;
  private volatile boolean draining;

  Front(HttpSettings settings, RefusalListener refusals, Spool spool, Executor workers) {
    this.settings = settings;
    this.refusals = refusals;
    this.spool = spool;
    this.workers = workers;
    this.inFlight = new InFlight();
    this.whole = null;
  }

  private Front(Front whole) {
    this.settings = whole.settings;
    this.refusals = whole.refusals;
    this.spool = whole.spool;
    this.workers = whole.workers;
    this.inFlight = whole.inFlight;
    this.whole = whole;
  }

  /** Returns the same for one listener, which may drain alone. */
  Front ofListener() {
    return new Front(this);
  }

  HttpSettings settings() {
    return settings;
  }

  InFlight inFlight() {
    return inFlight;
  }

  boolean draining() {
    return draining || (whole != null && whole.draining());
  }

  void drain() {
    draining = true;
  }

  BodyReader.Room room(long limit) {
    return new BodyReader.Room(limit, spool, workers);
  }

  static String newRequestId() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  /** Says why the request on this wire is not taken, tells the listener, and closes. */
  void refuse(Wire wire, String requestId, Headers headers, ErrorAnswer error) {
    HeadRecorder recorder = wire.recorder();
    String line = RawHead.requestLine(recorder.bytes(), recorder.length());
    byte[] body = error.body(requestId);
    byte[] head =
        ResponseHead.bytes(
            error.status(),
            error.headers(requestId),
            new ResponseHead.Framing.Length(body.length),
            true);
    ByteArrayOutputStream answer = new ByteArrayOutputStream(head.length + body.length);
    answer.writeBytes(head);
    if (!line.startsWith("HEAD ")) {
      answer.writeBytes(body);
    }
    refusals.refused(
        new Refusal(
            requestId,
            wire.addresses(),
            line,
            headers,
            error.status(),
            error.sentence(),
            Instant.now()));
    wire.refuse(answer.toByteArray());
  }

  /** Undertow could not parse the head: finds out why, in our words. */
  void refuseUnparsed(Wire wire) {
    HeadRecorder recorder = wire.recorder();
    ErrorAnswer error = new ErrorAnswer(400, "the request is malformed");
    Headers headers = Headers.none();
    try {
      RawHead raw = RawHead.cut(recorder.bytes(), recorder.length());
      headers = raw.headers();
      Head unused = Gate.check(raw);
    } catch (RefusedException e) {
      error = e.answer();
    }
    refuse(wire, newRequestId(), headers, error);
  }
}
