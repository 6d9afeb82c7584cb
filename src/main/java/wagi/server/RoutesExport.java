package wagi.server;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import wagi.engine.Engine;
import wagi.engine.GuestModule;
import wagi.engine.Input;
import wagi.engine.Invocation;
import wagi.engine.Outcome;
import wagi.engine.Rejection;
import wagi.engine.Sink;
import wagi.engine.Ticket;
import wagi.gateway.StderrLines;
import wagi.gateway.StderrListener;
import wagi.route.DynamicRoutes;
import wagi.route.RoutePattern;

/** Asks a module which routes it has below its own, once, when it is loaded. */
final class RoutesExport {
  static final String NAME = "_routes";

  /** More than any list of routes needs. */
  private static final int MAX_BYTES = 1 << 20;

  private RoutesExport() {}

  static DynamicRoutes call(
      Engine engine, GuestModule module, RoutePattern configured, StderrListener stderr) {
    String problem = module.entrypointProblem(NAME);
    if (problem != null) {
      return refused("_routes: " + problem);
    }
    Printed printed = new Printed(new StderrLines(NAME, module.name(), configured.text(), stderr));
    Invocation invocation = new Invocation(NAME, List.of(), List.of(), Input.EMPTY, List.of());
    return switch (engine.submit(module, invocation, printed)) {
      case Rejection rejection -> refused("_routes could not be called: " + rejection);
      case Ticket ticket -> read(printed.ended.join(), printed, configured);
    };
  }

  private static DynamicRoutes read(Outcome outcome, Printed printed, RoutePattern configured) {
    if (!(outcome instanceof Outcome.Exited(int code) && code == 0)) {
      return refused("_routes must print its routes and return, but " + outcome.words());
    }
    if (printed.stdout.size() > MAX_BYTES) {
      return refused("_routes printed more than " + MAX_BYTES + " bytes");
    }
    return DynamicRoutes.parse(printed.stdout.toByteArray(), configured);
  }

  private static DynamicRoutes refused(String message) {
    return new DynamicRoutes.Refused(List.of(new DynamicRoutes.Problem(0, message)));
  }

  /** Keeps what the function prints. */
  private static final class Printed implements Sink {
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final CompletableFuture<Outcome> ended = new CompletableFuture<>();
    private final StderrLines stderr;

    Printed(StderrLines stderr) {
      this.stderr = stderr;
    }

    @Override
    public void stdout(byte[] bytes, int offset, int length) {
      if (stdout.size() <= MAX_BYTES) {
        stdout.write(bytes, offset, Math.min(length, MAX_BYTES + 1));
      }
    }

    @Override
    public void stderr(byte[] bytes, int offset, int length) {
      stderr.write(bytes, offset, length);
    }

    @Override
    public void waiting() {}

    @Override
    public void ended(Outcome outcome) {
      stderr.end();
      ended.complete(outcome);
    }
  }
}
