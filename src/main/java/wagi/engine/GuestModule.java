package wagi.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import run.endive.wasm.WasmEngineException;

/** A module as configured: shared code, own limits, own queue. */
public final class GuestModule {
  private static final int MAX_FUNCTIONS_SHOWN = 20;
  private static final String INITIALIZE = "_initialize";
  private static final Pattern GENERATED = Pattern.compile("func_(\\d+)");

  private final String name;
  final CompiledCode code;
  private final Limits limits;
  final InstancePool pool;
  private final CodeOrigin origin;
  private final boolean reactor;

  final Lane lane;

  GuestModule(String name, CompiledCode code, Limits limits, InstancePool pool, CodeOrigin origin) {
    this.name = name;
    this.code = code;
    this.limits = limits;
    this.pool = pool;
    this.origin = origin;
    lane = new Lane(limits);
    reactor = code.entrypointProblem(INITIALIZE) == null;
  }

  public String name() {
    return name;
  }

  /** Returns where its code came from. */
  public CodeOrigin origin() {
    return origin;
  }

  public Limits limits() {
    return limits;
  }

  /** Returns why this function cannot be called for a request, or null if it can. */
  public @Nullable String entrypointProblem(String function) {
    return code.entrypointProblem(function);
  }

  /** Returns whether there is a function of this name, whatever its type. */
  public boolean hasFunction(String function) {
    return code.hasFunction(function);
  }

  /** Runs the guest to its end on this thread. The one place where whatever a guest throws ends. */
  @SuppressWarnings("IllegalCatch") // a guest must never take a thread or the server with it
  Outcome run(Guest guest) {
    try {
      WarmInstance instance = pool.take();
      if (instance == null) {
        return new Outcome.NeverStarted(Rejection.NO_MEMORY, limits);
      }
      guest.use(instance.memory());
      Outcome outcome = run(guest, instance);
      if (endedInTheMiddle(outcome)) {
        pool.discard(instance);
      } else {
        pool.giveBack(instance);
      }
      return outcome;
    } catch (RuntimeException | Error e) {
      return new Outcome.HostFailed(e);
    }
  }

  /**
   * Exits, stops and traps end a guest between two of its instructions, or in a host function: what
   * it has written is known. An error of the JVM may come in the middle of anything.
   */
  private static boolean endedInTheMiddle(Outcome outcome) {
    return outcome instanceof Outcome.StackExhausted || outcome instanceof Outcome.HostFailed;
  }

  @SuppressWarnings("IllegalCatch") // as above, while there is an instance to give up
  private Outcome run(Guest guest, WarmInstance instance) {
    try {
      if (code.hasStart()) {
        instance.call(code.start());
      }
      if (reactor) {
        instance.call(INITIALIZE);
      }
      instance.call(guest.invocation().entrypoint());
      return new Outcome.Exited(0);
    } catch (GuestExit e) {
      return new Outcome.Exited(e.code);
    } catch (GuestStopped e) {
      return e.outcome;
    } catch (StackOverflowError e) {
      return new Outcome.StackExhausted(List.of());
    } catch (WasmEngineException | ArithmeticException e) {
      return trapped(guest, e);
    } catch (RuntimeException | Error e) {
      return new Outcome.HostFailed(e);
    }
  }

  private Outcome trapped(Guest guest, RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    List<String> functions = functions(e);
    if (e.getCause() instanceof StackOverflowError || message.contains("call stack exhausted")) {
      return new Outcome.StackExhausted(functions);
    }
    return new Outcome.Trapped(message, functions, guest.memoryRefused());
  }

  private List<String> functions(RuntimeException e) {
    List<String> functions = new ArrayList<>();
    for (StackTraceElement frame : e.getStackTrace()) {
      Matcher generated = GENERATED.matcher(frame.getMethodName());
      if (generated.matches() && functions.size() < MAX_FUNCTIONS_SHOWN) {
        functions.add(code.functionName(Integer.parseInt(generated.group(1))));
      }
    }
    return functions;
  }
}
