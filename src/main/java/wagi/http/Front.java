package wagi.http;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;
import wagi.message.Connection;
import wagi.message.ErrorAnswer;
import wagi.message.Headers;
import wagi.message.Incident;
import wagi.message.IncidentListener;
import wagi.message.Limit;
import wagi.message.Refusal;
import wagi.message.RefusalListener;

/** What all connections of a server share. */
final class Front {
  private final HttpSettings settings;
  private final RefusalListener refusals;
  private final IncidentListener incidents;
  private final Spool spool;
  private final BodyMemory bodies;
  private final Executor workers;
  private final InFlight inFlight;
  private final @Nullable Front whole;
  private final Set<StreamConnection> opening;
  private final Set<Http2Connection> http2;
  private final Set<StreamConnection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  Front(
      HttpSettings settings,
      RefusalListener refusals,
      IncidentListener incidents,
      Spool spool,
      Executor workers) {
    this.settings = settings;
    this.refusals = refusals;
    this.incidents = incidents;
    this.spool = spool;
    this.bodies = BodyMemory.ofHeap();
    this.workers = workers;
    this.inFlight = new InFlight();
    this.whole = null;
    this.opening = ConcurrentHashMap.newKeySet();
    this.http2 = ConcurrentHashMap.newKeySet();
  }

  private Front(Front whole) {
    this.settings = whole.settings;
    this.refusals = whole.refusals;
    this.incidents = whole.incidents;
    this.spool = whole.spool;
    this.bodies = whole.bodies;
    this.workers = whole.workers;
    this.inFlight = whole.inFlight;
    this.whole = whole;
    this.opening = whole.opening;
    this.http2 = whole.http2;
  }

  /** Returns the same for one listener, which may drain alone. */
  Front ofListener() {
    return new Front(this);
  }

  HttpSettings settings() {
    return settings;
  }

  Executor workers() {
    return workers;
  }

  boolean trusts(InetSocketAddress peer) {
    return settings.trustedProxies().test(peer.getAddress());
  }

  /** Connections that speak HTTP/2, of all listeners. */
  Set<Http2Connection> http2() {
    return http2;
  }

  /** Connections of this listener. */
  Set<StreamConnection> connections() {
    return connections;
  }

  /** Connections on which HTTP has not begun, of all listeners. */
  Set<StreamConnection> opening() {
    return opening;
  }

  BodyMemory bodies() {
    return bodies;
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

  BodyReader.Room room(long limit, BodyMemory.Share memory) {
    return new BodyReader.Room(limit, memory, spool, workers, bodyTooSlow());
  }

  static String newRequestId() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  /** Says why the request on this wire is not taken, tells the listener, and closes. */
  void refuse(Wire wire, String requestId, Headers headers, RefusedException refusal) {
    ErrorAnswer error = refusal.answer();
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
    tellRefused(requestId, wire.addresses(), line, headers, refusal);
    wire.refuse(answer.toByteArray());
  }

  /** Tells the listeners of a request that was not taken. */
  void tellRefused(
      String requestId,
      Connection connection,
      String line,
      Headers headers,
      RefusedException refusal) {
    ErrorAnswer error = refusal.answer();
    refusals.refused(
        new Refusal(
            requestId, connection, line, headers, error.status(), error.sentence(), Instant.now()));
    RefusedException.Reached reached = refusal.reached();
    if (reached != null) {
      incidents.happened(Incident.ofRequest(reached.limit(), requestId, reached.sentence()));
    }
  }

  IncidentListener incidents() {
    return incidents;
  }

  /** Tells that a client did not bring a request's head, or shake hands, in time. */
  void headTooSlow() {
    incidents.happened(
        Incident.ofConnection(
            Limit.HEADER_TIMEOUT,
            "a client took "
                + seconds(settings.headerTimeout())
                + " and had not sent a request's head, or shaken hands;"
                + " server.header_timeout raises it"));
  }

  /** Tells that a client does not take its answer. */
  void answerTooSlow(@Nullable String requestId) {
    String sentence =
        "a client took no byte of its answer for "
            + seconds(settings.writeTimeout())
            + "; server.write_timeout raises it";
    incidents.happened(new Incident(Limit.WRITE_TIMEOUT, null, null, requestId, sentence));
  }

  /** Returns the sentence on a body, or a frame, that stops half-way. */
  String bodyTooSlow() {
    return "a client sent no byte of a request body for "
        + seconds(settings.bodyTimeout())
        + "; server.body_timeout raises it";
  }

  private static String seconds(Duration time) {
    return time.toMillis() / 1000.0 + " s";
  }

  /** Undertow could not parse the head: finds out why, in our words. */
  void refuseUnparsed(Wire wire) {
    HeadRecorder recorder = wire.recorder();
    RefusedException refusal = new RefusedException(400, "the request is malformed");
    Headers headers = Headers.none();
    try {
      RawHead raw = RawHead.cut(recorder.bytes(), recorder.length());
      headers = raw.headers();
      Head unused = Gate.check(raw);
    } catch (RefusedException e) {
      refusal = e;
    }
    refuse(wire, newRequestId(), headers, refusal);
  }
}
