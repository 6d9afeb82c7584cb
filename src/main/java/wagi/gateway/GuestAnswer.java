package wagi.gateway;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wagi.cgi.CgiOutput;
import wagi.cgi.CgiResponse;
import wagi.engine.Bound;
import wagi.engine.Outcome;
import wagi.engine.Permit;
import wagi.engine.Rejection;
import wagi.engine.Sink;
import wagi.message.ErrorAnswer;
import wagi.message.Headers;
import wagi.message.Incident;
import wagi.message.IncidentKind;
import wagi.message.IncidentListener;
import wagi.message.Pause;
import wagi.message.Responder;
import wagi.route.RouteMatch;

/**
 * Turns what one guest prints into one answer.
 *
 * <p>The body is held until the guest ends, fills {@link #HELD_BYTES} or waits. So a short answer
 * has a length and a failed guest gets a clean error, while a long or slow one streams.
 */
final class GuestAnswer implements Sink {
  static final int HELD_BYTES = 64 * 1024;
  private static final Logger LOG = LoggerFactory.getLogger("wagi.gateway");

  private final Exchange exchange;
  private final Responder responder;
  private final Served served;
  private final String route;
  private final boolean dev;
  private final IncidentListener incidents;
  private final CgiOutput output;
  private final StderrLines stderr;
  private CgiResponse response = new CgiResponse.Collecting();
  private byte[] held = new byte[0];
  private int heldBytes;
  private long sentBytes;
  private boolean begun;
  private Pause pause = Pause.IGNORED;

  GuestAnswer(Exchange exchange, RouteMatch.Matched<Served> match, GatewaySettings settings) {
    this.exchange = exchange;
    responder = exchange.responder();
    served = match.route().target();
    route = match.route().pattern().text();
    dev = settings.dev();
    incidents = settings.incidents();
    output = new CgiOutput(served.headerLimit());
    String id = exchange.request().id();
    stderr = new StderrLines(id, served.module().name(), route, settings.stderr());
  }

  @Override
  public void started(Permit permit) {
    pause = new PermitPause(permit);
  }

  /** While a client is slow, others may compute. */
  private record PermitPause(Permit permit) implements Pause {
    @Override
    public void begin() {
      permit.leave();
    }

    @Override
    public void end() {
      permit.rejoin();
    }
  }

  @Override
  public void stdout(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    if (response instanceof CgiResponse.Collecting) {
      response = output.feed(bytes, offset, length);
      if (!(response instanceof CgiResponse.Head head)) {
        return;
      }
      from = head.bodyStart();
      served.ignoredLines().report(head.ignored(), exchange.request().id());
    }
    if (response instanceof CgiResponse.Head head) {
      body(head, bytes, from, offset + length - from);
    }
  }

  private void body(CgiResponse.Head head, byte[] bytes, int offset, int length)
      throws IOException {
    if (begun) {
      send(bytes, offset, length);
    } else if (length <= HELD_BYTES - heldBytes) {
      hold(bytes, offset, length);
    } else {
      begin(head);
      send(bytes, offset, length);
    }
  }

  private void hold(byte[] bytes, int offset, int length) {
    if (heldBytes + length > held.length) {
      // A short body mostly comes in one piece.
      int more = held.length == 0 ? 0 : Math.max(1024, 2 * held.length);
      int wanted = Math.max(heldBytes + length, more);
      held = Arrays.copyOf(held, Math.min(wanted, HELD_BYTES));
    }
    System.arraycopy(bytes, offset, held, heldBytes, length);
    heldBytes += length;
  }

  private void begin(CgiResponse.Head head) throws IOException {
    begun = true;
    responder.begin(head.status(), head.headers());
    send(held, 0, heldBytes);
    held = new byte[0];
    heldBytes = 0;
  }

  private void send(byte[] bytes, int offset, int length) throws IOException {
    responder.write(bytes, offset, length, pause);
    sentBytes += length;
  }

  @Override
  public void waiting() throws IOException {
    if (!begun && response instanceof CgiResponse.Head head) {
      begin(head);
    }
  }

  @Override
  public void stderr(byte[] bytes, int offset, int length) {
    stderr.write(bytes, offset, length);
  }

  @Override
  public void ended(Outcome outcome) {
    stderr.end();
    if (outcome instanceof Outcome.Exited(int code) && code == 0) {
      succeeded(outcome.words());
    } else {
      failed(outcome);
    }
  }

  private void succeeded(String words) {
    if (response instanceof CgiResponse.Collecting) {
      response = output.finish();
    }
    switch (response) {
      case CgiResponse.Head head when begun -> {
        responder.end();
        exchange.finished(head.status(), sentBytes, words);
      }
      case CgiResponse.Head head -> answer(head, words);
      case CgiResponse.Malformed bad ->
          explain(
              new ErrorAnswer(502, "the module's answer is not valid"),
              GuestIncident.of(bad),
              "gave no valid answer: " + bad.sentence());
      case CgiResponse.Collecting c -> throw new IllegalStateException("finish() decides");
    }
  }

  private void answer(CgiResponse.Head head, String words) {
    Headers headers = head.headers();
    boolean lengthMatters = head.contentLength() >= 0 && exchange.request().method().equals("HEAD");
    if (lengthMatters) {
      String length = Long.toString(head.contentLength());
      headers = Headers.builder().addAll(headers).add("Content-Length", length).build();
    }
    byte[] body = heldBytes == held.length ? held : Arrays.copyOf(held, heldBytes);
    exchange.answer(head.status(), headers, body, words);
  }

  private void failed(Outcome outcome) {
    String words = outcome.words();
    if (!begun) {
      explain(OutcomeAnswer.of(outcome), GuestIncident.of(outcome), words);
      return;
    }
    tell(GuestIncident.of(outcome), words + "; the answer had begun and was broken off");
    responder.abort();
    int status = response instanceof CgiResponse.Head head ? head.status() : 500;
    exchange.finished(status, sentBytes, words);
  }

  void rejected(Rejection rejection) {
    String words = rejection.words(served.module().limits());
    explain(OutcomeAnswer.of(rejection), GuestIncident.of(rejection), words);
  }

  @Override
  public void heldTo(Bound bound) {
    tell(GuestIncident.of(bound), bound.words(served.module().limits()));
  }

  /** Tells the log why, and the client as much as it may know. */
  private void explain(ErrorAnswer answer, @Nullable IncidentKind kind, String words) {
    tell(kind, words);
    if (!dev) {
      exchange.refuse(answer, words);
      return;
    }
    ExplanationPage.Failure failure =
        new ExplanationPage.Failure(
            answer, exchange.request().id(), served.module().name(), route, words, stderr.last());
    exchange.answer(
        answer.status(), ExplanationPage.headers(failure), ExplanationPage.html(failure), words);
  }

  private void tell(@Nullable IncidentKind kind, String words) {
    String module = served.module().name();
    String id = exchange.request().id();
    if (kind == null) {
      LOG.debug("request {}: module {} {}", id, module, words);
      return;
    }
    incidents.happened(new Incident(kind, module, route, id, words));
  }
}
