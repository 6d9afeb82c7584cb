package wagi.cli;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import wagi.config.Configuration;
import wagi.message.Handler;
import wagi.message.Request;
import wagi.server.ServerOptions;
import wagi.server.WagiServer;

/** Runs one request against one module, without a socket. */
@Command(
    name = "call",
    description = {
      "Runs one request without a socket; shows the answer, the module's stderr, and the time.",
      "",
      "  wagi-server call /hello                 with the usual module map",
      "  wagi-server call hello.wasm /           one module alone",
      "  wagi-server call -X POST -d @form -H 'Content-Type: text/plain' /echo"
    },
    mixinStandardHelpOptions = true)
final class CallCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();

  @ArgGroup(exclusive = false, multiplicity = "0..1")
  private RequestOptions request = new RequestOptions();

  @Option(names = "--module", paramLabel = "NAME", description = "Only the module of this name.")
  private @Nullable String module;

  @Option(names = "--trace", description = "Show every call the module makes to the host.")
  private boolean trace;

  @Parameters(
      arity = "1..2",
      paramLabel = "[FILE] [PATH]",
      description =
          "A module file, if not one of the module map; and path and query, / for a file alone.")
  private List<String> words = List.of();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    Console console = Console.of(spec);
    boolean file = words.size() == 2 || isModule(words.getFirst());
    if (file) {
      options.config = SingleModule.map(words.getFirst());
    }
    Request sent = request.request(file && words.size() == 1 ? "/" : words.getLast());
    Configuration configuration = options.read().withoutAccessLog();
    try (WagiServer server = CheckCommand.load(configuration, serverOptions(console))) {
      long start = System.nanoTime();
      Answer answer = new Answer();
      handler(server).handle(sent, answer);
      answer.await();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      show(answer, console);
      console.say(String.format("%d in %.1f ms", answer.status(), took.toNanos() / 1e6));
      return answer.status() < 500 && !answer.aborted() ? ExitCode.DONE : ExitCode.UNEXPECTED;
    }
  }

  /** A file's name alone asks it for its root. */
  private static boolean isModule(String word) {
    return (word.endsWith(".wasm") || word.endsWith(".wat")) && Files.isRegularFile(Path.of(word));
  }

  private ServerOptions serverOptions(Console console) {
    return new ServerOptions(
        false,
        console.progress(),
        System.err,
        trace ? console::traced : null,
        options.codeCache(console));
  }

  private Handler handler(WagiServer server) throws CommandFailure {
    Handler found =
        module == null ? server.handlers().values().iterator().next() : server.handlerOf(module);
    if (found == null) {
      throw CommandFailure.usage(
          "no module " + module + "; there are " + server.assembly().moduleNames());
    }
    return found;
  }

  private static void show(Answer answer, Console console) {
    PrintStream out = System.out;
    out.print("HTTP " + answer.status() + "\n" + answer.headers() + "\n");
    out.writeBytes(answer.body());
    out.flush();
    if (answer.aborted()) {
      console.say("the answer was broken off");
    }
  }
}
