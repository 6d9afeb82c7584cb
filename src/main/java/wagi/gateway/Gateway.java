package wagi.gateway;

import wagi.cgi.CgiEnvironment;
import wagi.engine.Engine;
import wagi.engine.Environment;
import wagi.engine.Invocation;
import wagi.engine.Rejection;
import wagi.engine.Ticket;
import wagi.message.ErrorAnswer;
import wagi.message.Handler;
import wagi.message.Headers;
import wagi.message.Incident;
import wagi.message.Limit;
import wagi.message.Request;
import wagi.message.Responder;
import wagi.route.RouteMatch;
import wagi.route.RouteTable;

/** Answers requests with guests. */
public final class Gateway implements Handler {
  private final RouteTable<Served> routes;
  private final Engine engine;
  private final GatewaySettings settings;

  public Gateway(RouteTable<Served> routes, Engine engine, GatewaySettings settings) {
    this.routes = routes;
    this.engine = engine;
    this.settings = settings;
  }

  @Override
  public long bodyLimit(Request head) {
    return match(head) instanceof RouteMatch.Matched<Served> found
        ? found.route().target().bodyLimit()
        : settings.bodyLimit();
  }

  @Override
  public void bodyRefused(Request head) {
    RouteMatch<Served> match = match(head);
    String sentence = "request body of more than " + bodyLimit(head) + " bytes refused";
    Incident incident =
        match instanceof RouteMatch.Matched<Served> found
            ? new Incident(
                Limit.BODY,
                found.route().target().module().name(),
                found.route().pattern().text(),
                head.id(),
                sentence + "; limits.body raises it")
            : Incident.ofRequest(Limit.BODY, head.id(), sentence + "; no module answers its path");
    settings.incidents().happened(incident);
  }

  @Override
  public void handle(Request request, Responder responder) {
    Exchange exchange = new Exchange(request, responder, settings.requests());
    switch (match(request)) {
      case RouteMatch.Matched<Served> found -> serve(exchange, found);
      case RouteMatch.MethodNotAllowed<Served> not ->
          exchange.refuse(
              new ErrorAnswer(
                  405,
                  "this path does not take " + request.method(),
                  Headers.of("Allow", String.join(", ", not.allow()))),
              "method not allowed");
      case RouteMatch.NotFound<Served> none ->
          exchange.refuse(new ErrorAnswer(404, "no module answers this path"), "no route");
    }
  }

  private RouteMatch<Served> match(Request request) {
    return routes.match(request.method(), request.host(), request.target().path());
  }

  /** The story: environment and arguments in, one guest, its output back to the client. */
  private void serve(Exchange exchange, RouteMatch.Matched<Served> match) {
    Request request = exchange.request();
    Served served = match.route().target();
    exchange.routedTo(served.module().name(), match.route().pattern().text());
    Invocation invocation =
        new Invocation(
            served.entrypoint(),
            served.argv().arguments(request.target()),
            new Environment(
                CgiEnvironment.mostCharacters(request, match, served.cgi()),
                () -> CgiEnvironment.of(request, match, served.cgi())),
            request.body()::open,
            served.preopens());
    GuestAnswer answer = new GuestAnswer(exchange, match, settings);
    switch (engine.submit(served.module(), invocation, answer)) {
      case Ticket ticket -> exchange.responder().onClientGone(ticket::cancel);
      case Rejection rejection -> answer.rejected(rejection);
    }
  }
}
